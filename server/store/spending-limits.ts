import type { SpendingLimits } from "#lib/contracts/model.ts";
import type { Transaction } from "./database.ts";

/** What a person lets runs cost. */
export async function readSpendingLimits({ transaction, ownerId }: { transaction: Transaction; ownerId: string }): Promise<SpendingLimits> {
  const row = await transaction.spendingLimit.findUnique({ where: { ownerId }, select: { runUsd: true, dayUsd: true } });
  return row ?? { runUsd: null, dayUsd: null };
}

export async function writeSpendingLimits({ transaction, ownerId, limits }: { transaction: Transaction; ownerId: string; limits: SpendingLimits }): Promise<void> {
  await transaction.spendingLimit.upsert({ where: { ownerId }, create: { ownerId, ...limits }, update: limits });
}
