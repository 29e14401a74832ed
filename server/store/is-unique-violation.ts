import { Prisma } from "./prisma-client/client.ts";

/** True for the error of an insert that met a row with the same unique key. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
