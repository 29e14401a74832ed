import type { CandidateCheck, ChecksSummary } from "#lib/contracts/versions/check.ts";
import type { ProjectId, RunId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { Container } from "#server/container.ts";
import { activeCheckStatuses, listCheckRunsOfRun, type StoredCheckRun } from "#server/store/checks/check-runs.ts";
import type { StoredCandidate } from "#server/store/runs/candidate-runs.ts";
import { readCheckMarks } from "./read-check-marks.ts";

/** The checks of each candidate: of its version, or else of what its run holds or waits for. */
export async function readCandidateChecks({
  container,
  ownerId,
  projectId,
  candidates,
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  projectId: ProjectId;
  candidates: readonly StoredCandidate[];
}): Promise<ReadonlyMap<RunId, ChecksSummary | null>> {
  const generationIds = candidates.flatMap(({ generationId }) => generationId ?? []);
  const { items } = await readCheckMarks({ container, ownerId, input: { projectId, generationIds } });
  const transaction = container.database.prisma;
  return new Map(
    await Promise.all(
      candidates.map(async ({ runId, status, generationId, heldChecks }) => {
        const summary =
          generationId !== null
            ? (items.find((mark) => mark.generationId === generationId)?.summary ?? null)
            : isActive(status)
              ? summarizeAwaited(await listCheckRunsOfRun({ transaction, runId }))
              : summarizeHeld(heldChecks);
        return [runId, summary] as const;
      }),
    ),
  );
}

function summarizeHeld(checks: readonly CandidateCheck[]): ChecksSummary | null {
  if (checks.length === 0) return null;
  return {
    passed: checks.filter(({ status }) => status === "passed").length,
    failed: checks.filter(({ status }) => status === "failed").length,
    newlyFailing: checks.filter(({ againstParent }) => againstParent === "newly-failing").length,
    running: 0,
    started: checks.length,
    total: checks.length,
  };
}

/** Null if no check is queued or running: the run evaluates ended checks when it continues. */
function summarizeAwaited(runs: readonly StoredCheckRun[]): ChecksSummary | null {
  const started = new Set(runs.map(({ checkId }) => checkId)).size;
  const active = runs.filter(({ status }) => activeCheckStatuses.includes(status));
  const running = new Set(active.map(({ checkId }) => checkId)).size;
  return running === 0 ? null : { passed: 0, failed: 0, newlyFailing: 0, running, started, total: started };
}
