import type { z } from "zod";
import type { FilePath, GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/ledger.ts";
import type { runResolveInput } from "#lib/contracts/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { comparePaths } from "#server/core/file-tree.ts";
import type { FileEntry, FileTree } from "#server/core/file-tree.ts";
import { countDispositions } from "#server/core/ledger/build-ledger.ts";
import type { ModelGateway, NewGeneration } from "#server/orchestrator/ports.ts";
import { rebuildHeldCandidate } from "#server/orchestrator/run-generation.ts";
import type { HeldCandidate } from "#server/orchestrator/run-generation.ts";
import { appendGeneration } from "#server/store/generations.ts";
import { createGenerationStore } from "#server/store/generation-store.ts";
import { appendRunEvents } from "#server/store/run-events.ts";
import { createStepMemo } from "#server/store/run-steps.ts";
import { getRun, getRunRequest, transitionRun } from "#server/store/runs.ts";
import { submitIteration } from "./submit-run.ts";

type Decisions = z.infer<typeof runResolveInput>["decisions"];

/**
 * Carries out what a person decided on the doubtful files of a run in review. Accepting and keeping the parent's makes a
 * version of kind `accept`; asking for a repair starts another run on the same parent, with what was wrong in its prompt.
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_IN_REVIEW, INVALID_INPUT, NO_CHANGES
 */
export async function resolveRun({
  container,
  ownerId,
  input: { runId, decisions },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runResolveInput>;
}): Promise<{ generationId: GenerationId } | { runId: RunId }> {
  const { database, treeObjects } = container;
  const run = await getRun({ database, ownerId, runId });
  if (run.status !== "NEEDS_REVIEW") throw notInReview(runId);
  const request = await getRunRequest({ database, runId });
  const held = await rebuildHeldCandidate({
    request,
    dependencies: {
      generations: createGenerationStore({ database, treeObjects }),
      models: withoutCalls(container.models),
      codeSchemas: container.codeSchemas,
      sourceParser: container.sourceParser,
      steps: createStepMemo({ database, runId }),
      events: { append: () => undefined, flush: async () => undefined },
      signal: new AbortController().signal,
    },
  });
  assertDecided({ held, decisions });
  const repairs = decisions.filter(({ decision }) => decision === "repair").map(({ path }) => path);
  if (repairs.length > 0 && request.parentGenerationId !== null) {
    const prompt = `${request.prompt}\n\n${describeRepair({ held, paths: repairs })}`;
    const { runId: repairId } = await submitIteration({
      container,
      ownerId,
      input: { parentGenerationId: request.parentGenerationId, prompt, model: request.modelId, mode: request.mode, ...(request.scopeInclude === null ? {} : { scope: { include: request.scopeInclude } }) },
    });
    return { runId: repairId };
  }
  const generation = planAccepted({ held, keptPaths: new Set(decisions.filter(({ decision }) => decision === "keep-parent").map(({ path }) => path)) });
  if (generation.changes.length === 0) {
    throw new AppError({ code: "NO_CHANGES", message: "With these decisions nothing differs from the parent, so no version was made. The run stays in review." });
  }
  return database.prisma.$transaction(async (transaction) => {
    const stored = await appendGeneration({ transaction, treeObjects, generation });
    const moved = await transitionRun({ transaction, runId, from: ["NEEDS_REVIEW"], change: { status: "SUCCEEDED", generationId: stored.generationId, isBranch: !stored.isHead, endedAt: new Date() } });
    if (!moved) throw notInReview(runId);
    const { generationId, version, isHead } = stored;
    await appendRunEvents({ transaction, runId, events: [{ type: "succeeded", generationId, version, counts: generation.counts, isBranch: !isHead, summary: held.candidate.summary }] });
    return { generationId };
  });
}

/** Every answer of the run is remembered; one that is not must not be bought again behind the person's back. */
function withoutCalls(models: ModelGateway): ModelGateway {
  return {
    list: () => models.list(),
    get: (modelId) => models.get(modelId),
    runTurn: () => Promise.reject(new AppError({ code: "RUN_NOT_IN_REVIEW", message: "What this run held for review is no longer complete. Nothing was changed. Run it again." })),
  };
}

function assertDecided({ held, decisions }: { held: HeldCandidate; decisions: Decisions }): void {
  const changed = new Set<string>(held.candidate.merged.changes.map(({ path }) => path));
  const unknown = decisions.find(({ path }) => !changed.has(path));
  if (unknown !== undefined) throw new AppError({ code: "INVALID_INPUT", message: `${unknown.path} is not among the files that this run changes. Nothing was changed.` });
  const decided = new Set(decisions.map(({ path }) => path));
  const open = held.issues.find(({ severity, path }) => severity !== "warning" && changed.has(path) && !decided.has(path));
  if (open !== undefined) throw new AppError({ code: "INVALID_INPUT", message: `Decide on ${open.path} too: it is doubtful. Nothing was changed.` });
}

/** The candidate, with the parent's version of the files that are not to change. Files that nobody doubts are accepted. */
function planAccepted({ held: { candidate, issues }, keptPaths }: { held: HeldCandidate; keptPaths: ReadonlySet<string> }): NewGeneration {
  const { request, parent, merged, parentContents } = candidate;
  const changes = merged.changes.filter(({ path }) => !keptPaths.has(path));
  const entries = new Map<FilePath, FileEntry>(merged.tree);
  for (const change of merged.changes) if (keptPaths.has(change.path)) undo({ change, parent, entries });
  const tree: FileTree = new Map([...entries].sort(([a], [b]) => comparePaths(a, b)));
  const used = new Set([...tree.values()].map(({ contentHash }) => contentHash));
  return {
    projectId: request.projectId,
    kind: "accept",
    author: "user",
    prompt: request.prompt,
    parentGenerationIds: request.parentGenerationId === null ? [] : [request.parentGenerationId],
    sourceGenerationId: null,
    tree,
    newContents: new Map([...merged.newContents].filter(([hash]) => used.has(hash))),
    baseContents: parentContents,
    changes,
    counts: countDispositions({ changes, tree }),
    issues: issues.filter(({ path }) => !keptPaths.has(path)).map((issue) => ({ ...issue, severity: "warning" })),
  };
}

function undo({ change, parent, entries }: { change: LedgerEntry; parent: FileTree; entries: Map<FilePath, FileEntry> }): void {
  const originalPath = change.previousPath ?? change.path;
  const original = parent.get(originalPath);
  entries.delete(change.path);
  if (original !== undefined) entries.set(originalPath, original);
}

function describeRepair({ held, paths }: { held: HeldCandidate; paths: string[] }): string {
  const lines = held.issues.filter(({ path }) => paths.includes(path)).map(({ path, message }) => `- ${path}: ${message}`);
  return `An earlier answer lost code in these files. Change them with edits only, and keep everything else in them:\n${lines.join("\n")}`;
}

function notInReview(runId: RunId): AppError {
  return new AppError({ code: "RUN_NOT_IN_REVIEW", message: "This run holds nothing for review any more. Nothing was changed by this request.", details: { runId } });
}

