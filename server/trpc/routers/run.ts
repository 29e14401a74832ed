import { tracked } from "@trpc/server";
import { runCandidatesInput } from "#lib/contracts/runs/candidate.ts";
import { limits } from "#lib/contracts/limits.ts";
import {
  runAcceptPlanInput,
  runApplyProposedInput,
  runCheckDecisionsInput,
  runContinueInput,
  runEditQueuedInput,
  runOrderQueueInput,
  runStartInput,
  runEventsInput,
  runGetInput,
  runHeldFileInput,
  runHeldPatchesInput,
  runListInput,
  runResolveInput,
} from "#lib/contracts/runs/run.ts";
import { acceptPlan } from "#server/services/runs/submitting/accept-plan.ts";
import { applyProposedChanges } from "#server/services/runs/deciding/apply-proposed-changes.ts";
import { cancelRun } from "#server/services/runs/cancel-run.ts";
import { checkDecisions } from "#server/services/runs/deciding/check-decisions.ts";
import { continueRun } from "#server/services/runs/submitting/continue-run.ts";
import { getHeldForReview } from "#server/services/runs/deciding/get-held-for-review.ts";
import { listProposedChanges } from "#server/services/runs/deciding/list-proposed-changes.ts";
import { proposeDecisions } from "#server/services/runs/deciding/propose-decisions.ts";
import { editQueuedRun } from "#server/services/runs/queue/edit-queued-run.ts";
import { orderQueue } from "#server/services/runs/queue/order-queue.ts";
import { startQueuedRun } from "#server/services/runs/queue/start-queued-run.ts";
import { readCandidates } from "#server/services/runs/submitting/read-candidates.ts";
import { readHeldFile } from "#server/services/runs/deciding/read-held-file.ts";
import { readHeldPatches } from "#server/services/runs/deciding/read-held-patches.ts";
import { resolveRun } from "#server/services/runs/deciding/resolve-run.ts";
import { submitRetry } from "#server/services/runs/submitting/submit-retry.ts";
import { watchRun } from "#server/services/runs/watch-run.ts";
import { getRun, listRuns } from "#server/store/runs/runs.ts";
import { procedure, router } from "../trpc.ts";

/** No run has more events than this; PostgreSQL has no larger integer. */
const maxSequence = 2_147_483_647;

function readSequence(lastEventId: string | null | undefined): number {
  const sequence = Number.parseInt(lastEventId ?? "", 10) || 0;
  return Math.min(Math.max(sequence, 0), maxSequence);
}

export const runRouter = router({
  get: procedure
    .input(runGetInput)
    .query(({ ctx, input }) => getRun({ database: ctx.container.database, ownerId: ctx.ownerId, runId: input.runId })),
  candidates: procedure
    .input(runCandidatesInput)
    .query(({ ctx, input }) => readCandidates({ ...ctx, runId: input.runId })),
  list: procedure.input(runListInput).query(({ ctx, input }) =>
    listRuns({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      projectId: input.projectId,
      isActive: input.isActive ?? null,
      status: input.status ?? null,
      cursor: input.cursor ?? null,
      limit: input.limit ?? limits.pageSizeDefault,
    }),
  ),
  events: procedure.input(runEventsInput).subscription(async function* ({ ctx, input, signal }) {
    const events = watchRun({
      container: ctx.container,
      ownerId: ctx.ownerId,
      runId: input.runId,
      afterSequence: readSequence(input.lastEventId),
      signal: signal ?? new AbortController().signal,
    });
    for await (const stored of events) yield tracked(String(stored.sequence), stored);
  }),
  cancel: procedure
    .input(runGetInput)
    .mutation(({ ctx, input }) => cancelRun({ container: ctx.container, ownerId: ctx.ownerId, runId: input.runId })),
  acceptPlan: procedure.input(runAcceptPlanInput).mutation(({ ctx, input }) => acceptPlan({ ...ctx, input })),
  editQueued: procedure.input(runEditQueuedInput).mutation(({ ctx, input }) => editQueuedRun({ ...ctx, input })),
  orderQueue: procedure.input(runOrderQueueInput).mutation(({ ctx, input }) => orderQueue({ ...ctx, input })),
  start: procedure.input(runStartInput).mutation(({ ctx, input }) => startQueuedRun({ ...ctx, input })),
  continue: procedure.input(runContinueInput).mutation(({ ctx, input }) => continueRun({ ...ctx, input })),
  heldFile: procedure.input(runHeldFileInput).query(({ ctx, input }) => readHeldFile({ ...ctx, input })),
  heldPatches: procedure.input(runHeldPatchesInput).query(({ ctx, input }) => readHeldPatches({ ...ctx, input })),
  proposed: procedure.input(runGetInput).query(({ ctx, input }) => listProposedChanges({ ...ctx, runId: input.runId })),
  applyProposed: procedure
    .input(runApplyProposedInput)
    .mutation(({ ctx, input }) => applyProposedChanges({ ...ctx, input })),
  checkDecisions: procedure
    .input(runCheckDecisionsInput)
    .mutation(({ ctx, input }) => checkDecisions({ ...ctx, input })),
  proposedDecisions: procedure.input(runGetInput).query(async ({ ctx: { container, ownerId }, input: { runId } }) => {
    const held = await getHeldForReview({ container, ownerId, runId, decisions: [] });
    return { items: await proposeDecisions({ container, held }) };
  }),
  resolve: procedure.input(runResolveInput).mutation(({ ctx, input }) => resolveRun({ ...ctx, input })),
  retry: procedure.input(runGetInput).mutation(async ({ ctx, input }) => {
    const { runId } = await submitRetry({ container: ctx.container, ownerId: ctx.ownerId, runId: input.runId });
    return getRun({ database: ctx.container.database, ownerId: ctx.ownerId, runId });
  }),
});
