import type { ModelId } from "#lib/contracts/ids.ts";
import type { SpendingOutput } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import type { Transaction } from "#server/store/database.ts";
import { sumSpentUsd } from "#server/store/spent-usd.ts";

const dayMs = 86_400_000;

/** The limits, and what was spent of the one for a day. */
export async function readSpending({ container, ownerId }: { container: Container; ownerId: string }): Promise<SpendingOutput> {
  return { ...container.spending, spentUsd: await sumSpentUsd({ transaction: container.database.prisma, ownerId, since: new Date(Date.now() - dayMs) }) };
}

/**
 * A model without a price, or one of nothing, is never held back.
 * @throws AppError BUDGET_EXCEEDED where the runs of the last 24 hours have cost what they may
 */
export async function assertWithinDayLimit({ container, transaction, ownerId, modelId }: { container: Container; transaction: Transaction; ownerId: string; modelId: ModelId }): Promise<void> {
  const { dayUsd } = container.spending;
  if (dayUsd === null) return;
  const spentUsd = await sumSpentUsd({ transaction, ownerId, since: new Date(Date.now() - dayMs) });
  if (spentUsd < dayUsd || isFree(await container.models.get(modelId))) return;
  throw new AppError({
    code: "BUDGET_EXCEEDED",
    message: `The runs of the last 24 hours have cost $${spentUsd.toFixed(2)} of $${dayUsd}. Nothing was started, and your prompt is kept. Wait, choose a model without a price, or raise GRAFT_DAY_LIMIT_USD.`,
    details: { limit: "dayUsd", maximum: dayUsd, spentUsd },
  });
}

function isFree({ pricing }: ModelDescription): boolean {
  return pricing === undefined || (pricing.inputUsdPerMillion === 0 && pricing.outputUsdPerMillion === 0);
}
