/** Prisma puts the driver's error into `cause` and `meta`, differently for each kind of query. */
const innerKeys = ["cause", "meta", "driverAdapterError", "error"] as const;
const codeKeys = ["code", "originalCode"] as const;
const maxDepth = 8;

/** An error of the store or the queue and those inside it, each with its codes: SQLSTATEs, Prisma's and Node's. */
export function* listInnerErrors(
  error: unknown,
  depth = 0,
): Generator<{ fields: Record<string, unknown>; codes: readonly unknown[] }> {
  if (typeof error !== "object" || error === null || depth > maxDepth) return;
  const fields = error as Record<string, unknown>;
  yield { fields, codes: codeKeys.map((key) => fields[key]) };
  for (const key of innerKeys) yield* listInnerErrors(fields[key], depth + 1);
}
