import type { z } from "zod";
import type { ChangeOperation, ChangeSet } from "#lib/contracts/runs/change-set.ts";
import type { EditConflict, generationEditInput } from "#lib/contracts/runs/edit-plan.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import { wholeProject } from "#server/core/merge/scopes/change-scope.ts";
import { findParentHashesNeeded } from "#server/core/merge/find-parent-hashes-needed.ts";
import { mergeChangeSet, type MergedCandidate } from "#server/core/merge/merge-change-set.ts";
import { findRebaseHashes, rebaseChanges } from "#server/core/merge/rebase-changes.ts";
import { openWorkingTree, type WorkingTree } from "#server/core/merge/working-tree.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { runInThread } from "#server/threads/run-in-thread.ts";
import { toRefusalCode } from "../to-refusal-code.ts";

/** The hardest texts of the largest size take about 2 s each. */
const timeoutMs = 60_000;

type LoadedGeneration = { generation: StoredGeneration; tree: FileTree };

type PreparedEdit =
  | {
      status: "clean";
      parent: StoredGeneration;
      parentTree: FileTree;
      parentContents: FileContents;
      candidate: MergedCandidate;
    }
  | { status: "conflicted"; onto: StoredGeneration; conflicts: EditConflict[] };

/**
 * The user's edit applied to its base without storing it: to its parent, or to `ontoGenerationId` with that version's
 * differences merged in.
 *
 * @throws AppError GENERATION_NOT_FOUND, INVALID_PATH, NAME_COLLISION, INPUT_TOO_LARGE, EDIT_FAILED, NO_CHANGES
 */
export async function prepareEdit({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationEditInput>;
}): Promise<PreparedEdit> {
  const parent = await loadGenerationTree({ ...container, ownerId, generationId: input.parentGenerationId });
  const edited = await applyEdit({ container, parent, changeSet: input.changeSet });
  if (edited.candidate.changes.length === 0) {
    throw new AppError({
      code: "NO_CHANGES",
      message: `This edit leaves v${parent.generation.version} as it is, so no version was made.`,
    });
  }
  if (input.ontoGenerationId === undefined || input.ontoGenerationId === input.parentGenerationId)
    return { status: "clean", parent: parent.generation, parentTree: parent.tree, ...edited };

  const onto = await loadGenerationTree({ ...container, ownerId, generationId: input.ontoGenerationId });
  if (onto.generation.projectId !== parent.generation.projectId) {
    throw new AppError({
      code: "GENERATION_NOT_FOUND",
      message: "The two versions belong to different projects. Nothing was changed.",
      details: { generationId: input.ontoGenerationId },
    });
  }
  const { candidate } = edited;
  const hashes = findRebaseHashes({ changes: candidate.changes, head: onto.tree });
  const stored = await loadBlobs({
    transaction: container.database.prisma,
    hashes: [...hashes].filter((hash) => !candidate.newContents.has(hash)),
  });
  const rebased = rebaseChanges({
    changes: candidate.changes,
    head: onto.tree,
    contents: new Map([...stored, ...candidate.newContents]),
  });
  if (rebased.status === "conflicted")
    return { status: "conflicted", onto: onto.generation, conflicts: rebased.conflicts };
  const moved = await applyEdit({ container, parent: onto, changeSet: rebased.changeSet });
  if (moved.candidate.changes.length === 0) {
    throw new AppError({
      code: "NO_CHANGES",
      message: `v${onto.generation.version} has this edit already, so no version was made.`,
    });
  }
  return { status: "clean", parent: onto.generation, parentTree: onto.tree, ...moved };
}

async function applyEdit({
  container,
  parent: { tree },
  changeSet,
}: {
  container: Container;
  parent: LoadedGeneration;
  changeSet: ChangeSet;
}): Promise<{ parentContents: FileContents; candidate: MergedCandidate }> {
  // The user sees the whole project, so every file counts as seen.
  const seen = new Set<ContentHash>([...tree.values()].map(({ contentHash }) => contentHash));
  const start: WorkingTree = { ...openWorkingTree({ parent: tree, seen, scope: wholeProject }), elisions: "keep" };
  const parentContents = await loadBlobs({
    transaction: container.database.prisma,
    hashes: findParentHashesNeeded({ start, changeSet }),
  });
  const parentBytes = [...parentContents.values()].reduce((sum, { length }) => sum + length, 0);
  const result = await runInThread({
    threads: container.threads,
    task: "mergeChangeSet",
    input: { start, parentContents, changeSet },
    sizeBytes: parentBytes + changeSet.operations.reduce((sum, operation) => sum + measureOperation(operation), 0),
    inline: mergeChangeSet,
    timeoutMs,
  });
  if (result.status === "rejected") throw editFailed(result.failures);
  return { parentContents, candidate: result.candidate };
}

/** The number of characters in an operation's texts. */
function measureOperation(operation: ChangeOperation): number {
  if (operation.type === "write") return operation.content.length;
  if (operation.type !== "edit") return 0;
  return operation.edits.reduce((sum, { oldText, newText }) => sum + oldText.length + newText.length, 0);
}

function editFailed(failures: OperationFailure[]): AppError {
  const [first] = failures;
  return new AppError({
    code: toRefusalCode(first),
    message: `${first?.message ?? "The edit could not be applied."} Nothing was changed.`,
    details: {
      failures: failures.slice(0, 20).map(({ code: reason, path, operationIndex, editIndex, message }) => ({
        code: reason,
        path,
        operationIndex,
        editIndex,
        message,
      })),
    },
  });
}
