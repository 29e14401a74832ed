import type { ModelSetSpendingInput, SpendingLimits } from "#lib/contracts/model.ts";
import type { Transaction } from "./database.ts";

/** A user's spending limits for runs. */
export async function readSpendingLimits({
  transaction,
  ownerId,
}: {
  transaction: Transaction;
  ownerId: string;
}): Promise<SpendingLimits> {
  const row = await transaction.spendingLimit.findUnique({
    where: { ownerId },
    select: { runUsd: true, dayUsd: true },
  });
  return row ?? { runUsd: null, dayUsd: null };
}

/** Fields omitted from `limits` stay unchanged. */
export async function writeSpendingLimits({
  transaction,
  ownerId,
  limits,
}: {
  transaction: Transaction;
  ownerId: string;
  limits: ModelSetSpendingInput;
}): Promise<void> {
  await transaction.spendingLimit.upsert({ where: { ownerId }, create: { ownerId, ...limits }, update: limits });
}
