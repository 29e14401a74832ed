/** Why the database cannot work, whatever the query is. */
export type DatabaseFault = "full" | "busy" | "away";

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sqlState = /^[0-9A-Z]{5}$/;
const connectionCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
]);

/** Prisma puts the driver's error into `cause` and `meta`, differently for each kind of query. */
const innerKeys = ["cause", "meta", "driverAdapterError", "error"] as const;
const codeKeys = ["code", "originalCode"] as const;
const maxDepth = 8;

/** The fault that caused an error of the store or the queue; null for any other error. */
export function findDatabaseFault(error: unknown, depth = 0): DatabaseFault | null {
  if (typeof error !== "object" || error === null || depth > maxDepth) return null;
  const fields = error as Record<string, unknown>;
  // Only for the socket of a missing server; ENOENT of other files is not a fault.
  if (fields["code"] === "ENOENT" && fields["syscall"] === "connect") return "away";
  // The driver has no code for this error.
  if (typeof fields["message"] === "string" && /^Connection terminated\b/.test(fields["message"])) return "away";
  for (const key of codeKeys) {
    const fault = classify(fields[key]);
    if (fault !== null) return fault;
  }
  for (const key of innerKeys) {
    const fault = findDatabaseFault(fields[key], depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

function classify(code: unknown): DatabaseFault | null {
  if (typeof code !== "string") return null;
  if (connectionCodes.has(code)) return "away";
  if (!sqlState.test(code)) return null;
  if (code === "53100") return "full";
  if (code.startsWith("53")) return "busy";
  return code.startsWith("08") || code.startsWith("57P") ? "away" : null;
}
