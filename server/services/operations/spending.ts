import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelSetSpendingInput, SpendingLimits, SpendingOutput } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import { formatUsd } from "#lib/format-usd.ts";
import type { Container } from "#server/container.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import type { Transaction } from "#server/store/database.ts";
import { readSpendingLimits, writeSpendingLimits } from "#server/store/spending-limits.ts";
import { sumSpentUsd } from "#server/store/runs/spent-usd.ts";

const dayMs = 86_400_000;

/** The limits, and the amount spent today. */
export async function readSpending({
  container,
  ownerId,
}: {
  container: Container;
  ownerId: string;
}): Promise<SpendingOutput> {
  const transaction = container.database.prisma;
  const own = await readSpendingLimits({ transaction, ownerId });
  const host = container.spending;
  return {
    ...lowest(own, host),
    own,
    host,
    spentUsd: await sumSpentUsd({ transaction, ownerId, since: new Date(Date.now() - dayMs) }),
  };
}

/** Changes the user's own limits. Running runs keep the limit that they started with. */
export async function setSpending({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: ModelSetSpendingInput;
}): Promise<SpendingOutput> {
  await writeSpendingLimits({ transaction: container.database.prisma, ownerId, limits: input });
  return readSpending({ container, ownerId });
}

/** The limit for one run; null for no limit. */
export async function readRunLimitUsd({
  container,
  ownerId,
}: {
  container: Container;
  ownerId: string;
}): Promise<number | null> {
  return lowest(await readSpendingLimits({ transaction: container.database.prisma, ownerId }), container.spending)
    .runUsd;
}

/**
 * A model without a price, or a free one, is never blocked.
 *
 * @throws AppError BUDGET_EXCEEDED if the runs of the last 24 hours have reached the limit
 */
export async function assertWithinDayLimit({
  container,
  transaction,
  ownerId,
  modelId,
}: {
  container: Container;
  transaction: Transaction;
  ownerId: string;
  modelId: ModelId;
}): Promise<void> {
  const own = await readSpendingLimits({ transaction, ownerId });
  const { dayUsd } = lowest(own, container.spending);
  if (dayUsd === null) return;
  const spentUsd = await sumSpentUsd({ transaction, ownerId, since: new Date(Date.now() - dayMs) });
  if (spentUsd < dayUsd || isFree(await container.models.get(modelId))) return;
  throw new AppError({
    code: "BUDGET_EXCEEDED",
    message: `The runs of the last 24 hours have cost $${spentUsd.toFixed(2)} of ${formatUsd(dayUsd)}. Nothing was started, and your prompt is kept. Wait, choose a model without a price, or raise ${dayUsd === own.dayUsd ? "the limit in the settings" : "GRAFT_DAY_LIMIT_USD"}.`,
    details: { limit: "dayUsd", maximum: dayUsd, spentUsd },
  });
}

function lowest(one: SpendingLimits, other: SpendingLimits): SpendingLimits {
  const lower = (key: keyof SpendingLimits) =>
    one[key] === null || (other[key] !== null && other[key] < one[key]) ? other[key] : one[key];
  return { runUsd: lower("runUsd"), dayUsd: lower("dayUsd") };
}

function isFree({ pricing }: ModelDescription): boolean {
  return pricing === undefined || (pricing.inputUsdPerMillion === 0 && pricing.outputUsdPerMillion === 0);
}
