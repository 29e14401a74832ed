import type { FilePath } from "#lib/contracts/ids.ts";
import type { ProposedDecision } from "#lib/contracts/runs/run.ts";
import { isDoubt } from "#lib/is-doubt.ts";
import type { Container } from "#server/container.ts";
import { groupChanges } from "#server/core/validation/group-changes.ts";
import type { HeldCandidate } from "#server/orchestrator/held-candidate.ts";
import { decideHeld } from "./decide-held.ts";

const proposals = new WeakMap<HeldCandidate, Promise<ProposedDecision[]>>();

/**
 * One default decision for files that belong together: the parent's text if one of them is doubtful, otherwise the new
 * text. If that would be inconsistent, the parent's text for every file. Cached while the held candidate is.
 */
export function proposeDecisions(options: { container: Container; held: HeldCandidate }): Promise<ProposedDecision[]> {
  const known = proposals.get(options.held);
  if (known !== undefined) return known;
  const proposed = propose(options);
  proposals.set(options.held, proposed);
  proposed.catch(() => proposals.delete(options.held));
  return proposed;
}

async function propose({
  container,
  held,
}: {
  container: Container;
  held: HeldCandidate;
}): Promise<ProposedDecision[]> {
  const { changes } = held.candidate.merged;
  const { input } = await decideHeld({ container, held, decisions: [] });
  const groups = groupChanges({ input, issues: held.issues });
  const groupOf = (path: FilePath) => groups.get(path) ?? path;
  const doubtful = new Set(held.issues.filter(isDoubt).map(({ path }) => groupOf(path)));
  const proposed = changes.map(({ path }): ProposedDecision => ({
    path,
    decision: doubtful.has(groupOf(path)) ? "keep-parent" : "accept",
    group: groupOf(path),
  }));
  return (await fits({ container, held, proposed }))
    ? proposed
    : proposed.map((decision) => ({ ...decision, decision: "keep-parent" }));
}

async function fits(options: {
  container: Container;
  held: HeldCandidate;
  proposed: ProposedDecision[];
}): Promise<boolean> {
  const { container, held, proposed } = options;
  const kept = proposed.filter(({ decision }) => decision === "keep-parent").length;
  if (kept === 0 || kept === proposed.length) return true;
  const { problems } = await decideHeld({ container, held, decisions: proposed });
  return problems.length === 0;
}
