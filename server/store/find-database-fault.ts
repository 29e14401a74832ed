import { listInnerErrors } from "./list-inner-errors.ts";

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

/** The fault that caused an error of the store or the queue; null for any other error. */
export function findDatabaseFault(error: unknown): DatabaseFault | null {
  for (const { fields, codes } of listInnerErrors(error)) {
    // Only for the socket of a missing server; ENOENT of other files is not a fault.
    if (fields["code"] === "ENOENT" && fields["syscall"] === "connect") return "away";
    // The driver has no code for this error.
    if (typeof fields["message"] === "string" && /^Connection terminated\b/.test(fields["message"])) return "away";
    for (const code of codes) {
      const fault = classify(code);
      if (fault !== null) return fault;
    }
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
