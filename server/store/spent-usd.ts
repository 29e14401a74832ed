import type { Transaction } from "./database.ts";

/** What an owner's runs since a moment cost, in US dollars, as far as their prices are known. */
export async function sumSpentUsd({ transaction, ownerId, since }: { transaction: Transaction; ownerId: string; since: Date }): Promise<number> {
  const [row] = await transaction.$queryRaw<{ usd: number }[]>`
    SELECT coalesce(sum(("usage"->>'costUsd')::float8), 0) AS usd FROM "Run" WHERE "ownerId" = ${ownerId} AND "createdAt" >= ${since}`;
  return row?.usd ?? 0;
}
