import type { z } from "zod";
import type { DecisionsCheck, runCheckDecisionsInput } from "#lib/contracts/runs/run.ts";
import { isDoubt } from "#lib/is-doubt.ts";
import type { Container } from "#server/container.ts";
import { decideHeld } from "./decide-held.ts";
import { getHeldForReview } from "./get-held-for-review.ts";
import { proposeDecisions } from "./propose-decisions.ts";

/**
 * The content and findings of a version with these decisions. Undecided doubtful files follow the proposal; until its
 * repair, a file to repair counts as the parent's. Stores nothing.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_IN_REVIEW, RUN_HOLDS_NOTHING, INVALID_INPUT
 */
export async function checkDecisions({
  container,
  ownerId,
  input: { runId, decisions },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runCheckDecisionsInput>;
}): Promise<DecisionsCheck> {
  const held = await getHeldForReview({ container, ownerId, runId, decisions });
  const decided = new Set(decisions.map(({ path }) => path));
  const doubtful = new Set(held.issues.filter(isDoubt).map(({ path }) => path));
  const open = (await proposeDecisions({ container, held })).filter(
    ({ path }) => doubtful.has(path) && !decided.has(path),
  );
  const asked = decisions.map((decision) =>
    decision.decision === "repair" ? { ...decision, decision: "keep-parent" as const } : decision,
  );
  const { merged, issues, problems } = await decideHeld({ container, held, decisions: [...asked, ...open] });
  return { counts: merged.counts, issues, problems };
}
