import type { Transaction } from "../database.ts";

/**
 * The cost of an owner's runs since a moment, in US dollars, as far as prices are known. A retry that reuses the
 * answered calls of an earlier run includes them in its own usage; they are counted once here.
 */
export async function sumSpentUsd({
  transaction,
  ownerId,
  since,
}: {
  transaction: Transaction;
  ownerId: string;
  since: Date;
}): Promise<number> {
  const [row] = await transaction.$queryRaw<{ usd: number }[]>`
    SELECT coalesce(sum(greatest(0, (run."usage"->>'costUsd')::float8 - coalesce((earlier."usage"->>'costUsd')::float8, 0))), 0) AS usd
    FROM "Run" AS run
    LEFT JOIN "Run" AS earlier ON earlier.id = run."retryOfRunId" AND EXISTS (SELECT FROM "RunStep" AS step WHERE step."runId" = run.id AND step."createdAt" < run."createdAt")
    WHERE run."ownerId" = ${ownerId} AND run."createdAt" >= ${since}`;
  return row?.usd ?? 0;
}
