import { Prisma } from "./prisma-client/client.ts";

/** True for an insert that violated a unique key. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
