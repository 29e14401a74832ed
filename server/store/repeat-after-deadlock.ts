import { logger } from "#server/logger.ts";
import { listInnerErrors } from "./list-inner-errors.ts";

/** PostgreSQL's code of a transaction that it rolled back so that another could go on, and Prisma's. */
const deadlockCodes: ReadonlySet<unknown> = new Set(["40P01", "P2034"]);

/** Each deadlock ends one transaction and lets another continue, so even a second repetition is rare. */
const maxRepetitions = 5;

/**
 * Runs a transaction, and runs it again if PostgreSQL rolled it back because it and another waited for each other. Two
 * transactions that store several versions with the same contents can wait for each other.
 */
export async function repeatAfterDeadlock<Result>(transact: () => Promise<Result>): Promise<Result> {
  for (let repetition = 0; ; repetition += 1) {
    try {
      return await transact();
    } catch (error) {
      if (repetition === maxRepetitions || !isDeadlock(error)) throw error;
      logger.info({ repetition }, "a transaction waited for another that waited for it; it is repeated");
    }
  }
}

function isDeadlock(error: unknown): boolean {
  return [...listInnerErrors(error)].some(({ codes }) => codes.some((code) => deadlockCodes.has(code)));
}
