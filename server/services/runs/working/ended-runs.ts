import { AppError } from "#lib/errors.ts";
import type { RunId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { HeldCandidate } from "#server/orchestrator/held-candidate.ts";
import type { EndedRuns, ModelGateway, RunDependencies, RunRequest } from "#server/orchestrator/ports.ts";
import { rebuildCandidate, rebuildHeldCandidate, rebuildProposal } from "#server/orchestrator/run-generation.ts";
import type { Candidate } from "#server/orchestrator/stages/merge-changes.ts";
import { withoutChecks } from "#server/orchestrator/without-checks.ts";
import type { ProposedOperation } from "#server/orchestrator/workspace.ts";
import { createStepMemo } from "#server/store/runs/run-steps.ts";
import { getRunRequest } from "#server/store/runs/runs.ts";
import { sharedDependencies } from "../shared-dependencies.ts";

/** Recomputes the candidates of runs that no worker holds from their models' answers. Makes no model call. */
export function createEndedRuns(container: Container): EndedRuns & {
  listProposed(runId: RunId): Promise<ProposedOperation[]>;
  findCandidate(runId: RunId): Promise<Candidate | null>;
} {
  const { database } = container;
  const load = async (runId: RunId): Promise<{ request: RunRequest; dependencies: RunDependencies }> => ({
    request: await getChangeRequest({ container, runId }),
    dependencies: {
      ...sharedDependencies(container),
      models: withoutCalls(container.models),
      endedRuns,
      checks: withoutChecks,
      steps: createStepMemo({ database, runId }),
      events: { append: () => undefined, flush: async () => undefined },
      // Answered calls are already paid.
      limitUsd: null,
      signal: new AbortController().signal,
    },
  });
  const endedRuns = {
    getHeld: (runId: RunId): Promise<HeldCandidate> =>
      remember({ container, runId, rebuild: async () => rebuildHeldCandidate(await load(runId)) }),
    /** Proposals outside the run's scope, in order. */
    listProposed: async (runId: RunId): Promise<ProposedOperation[]> =>
      (await rebuildProposal(await load(runId)))?.outOfScope ?? [],
    /** The candidate of a run that waits for its checks. */
    findCandidate: async (runId: RunId): Promise<Candidate | null> => rebuildCandidate(await load(runId)),
  };
  return endedRuns;
}

/** The answers of a run that only talked are not changes. @throws AppError RUN_HOLDS_NOTHING */
async function getChangeRequest({ container, runId }: { container: Container; runId: RunId }): Promise<RunRequest> {
  const request = await getRunRequest({ database: container.database, runId });
  if (request.kind === "generate") return request;
  throw new AppError({
    code: "RUN_HOLDS_NOTHING",
    message: "This run only talked about the project, so it holds no change. Nothing was changed.",
    details: { runId },
  });
}

/**
 * Small, because a user decides on one run at a time and each candidate may hold all contents of a project's changes.
 */
const maxRemembered = 4;
const remembered = new WeakMap<Container, Map<RunId, Promise<HeldCandidate>>>();

/** The result of an ended run is immutable and needed for each decision. */
function remember({
  container,
  runId,
  rebuild,
}: {
  container: Container;
  runId: RunId;
  rebuild: () => Promise<HeldCandidate>;
}): Promise<HeldCandidate> {
  const held = remembered.get(container) ?? new Map<RunId, Promise<HeldCandidate>>();
  remembered.set(container, held);
  const candidate = held.get(runId) ?? rebuild();
  // The last used entry is evicted last.
  held.delete(runId);
  held.set(runId, candidate);
  candidate.catch(() => held.delete(runId));
  const [oldest] = held.keys();
  if (held.size > maxRemembered && oldest !== undefined) held.delete(oldest);
  return candidate;
}

/** A missing answer must not be bought without the user's consent: the run ended there. */
function withoutCalls(models: ModelGateway): ModelGateway {
  return {
    list: () => models.list(),
    get: (modelId) => models.get(modelId),
    runTurn: () => Promise.reject(new AppError({ code: "RUN_HOLDS_NOTHING", message: "This run ended here." })),
  };
}
