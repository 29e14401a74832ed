import type { ContentHash, RunId } from "#lib/contracts/ids.ts";
import type { ProposedChange } from "#lib/contracts/runs/run.ts";
import type { Container } from "#server/container.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import { emptyFileTree } from "#server/core/file-tree.ts";
import { wholeProject } from "#server/core/merge/scopes/change-scope.ts";
import { findParentHashesNeeded } from "#server/core/merge/find-parent-hashes-needed.ts";
import { mergeChangeSet } from "#server/core/merge/merge-change-set.ts";
import { openWorkingTree, type WorkingTree } from "#server/core/merge/working-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { createEndedRuns } from "../working/ended-runs.ts";

/**
 * Changes that the model proposed outside the run's scope, each applied to the run's result, or to the parent if there
 * is none. @throws AppError RUN_NOT_FOUND
 */
export async function listProposedChanges({
  container,
  ownerId,
  runId,
}: {
  container: Container;
  ownerId: string;
  runId: RunId;
}): Promise<ProposedChange[]> {
  const { database, treeObjects } = container;
  const run = await getRun({ database, ownerId, runId });
  const proposed = await createEndedRuns(container).listProposed(runId);
  if (proposed.length === 0) return [];
  const baseId = run.generationId ?? run.parentGenerationId;
  const tree =
    baseId === null
      ? emptyFileTree
      : (await loadGenerationTree({ database, treeObjects, ownerId, generationId: baseId })).tree;
  const seen = new Set<ContentHash>([...tree.values()].map(({ contentHash }) => contentHash));
  const start: WorkingTree = { ...openWorkingTree({ parent: tree, seen, scope: wholeProject }), elisions: "keep" };
  const changeSet = { operations: proposed.map(({ operation }) => operation) };
  const contents = await loadBlobs({
    transaction: database.prisma,
    hashes: findParentHashesNeeded({ start, changeSet }),
  });
  return proposed.map(({ operation, reason }, index): ProposedChange => {
    const plain = {
      index,
      path: operation.type === "move" ? operation.source : operation.path,
      type: operation.type,
      reason,
    };
    const result = mergeChangeSet({ start, parentContents: contents, changeSet: { operations: [operation] } });
    if (result.status === "rejected")
      return { ...plain, patch: "", problem: result.failures[0]?.message ?? "It does not fit." };
    const { changes, newContents } = result.candidate;
    if (changes.length === 0) return { ...plain, patch: "", problem: "It is there already." };
    const read = (hash: ContentHash | undefined) =>
      hash === undefined ? null : (newContents.get(hash) ?? contents.get(hash) ?? null);
    const patches = changes.map(
      ({ path, previousPath, oldHash, newHash, oldMode, newMode }) =>
        buildFilePatch({
          path,
          ...(previousPath === undefined ? {} : { previousPath }),
          before: read(oldHash),
          after: read(newHash),
          oldMode,
          newMode,
          contextLines: 3,
          ignoreWhitespace: false,
        }).patch,
    );
    return { ...plain, patch: patches.join(""), problem: null };
  });
}
