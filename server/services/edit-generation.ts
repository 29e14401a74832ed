import type { z } from "zod";
import type { generationEditInput } from "#lib/contracts/generation.ts";
import type { ContentHash, GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import { wholeProject } from "#server/core/merge/change-scope.ts";
import { findParentHashesNeeded } from "#server/core/merge/find-parent-hashes-needed.ts";
import { mergeChangeSet } from "#server/core/merge/merge-change-set.ts";
import { openWorkingTree } from "#server/core/merge/working-tree.ts";
import type { WorkingTree } from "#server/core/merge/working-tree.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { appendGeneration } from "#server/store/generations.ts";
import { loadGenerationTree } from "#server/store/load-generation-tree.ts";

/**
 * A person's own change set on one generation, as a new version. All operations apply, or none.
 * @throws AppError GENERATION_NOT_FOUND, INVALID_PATH, INPUT_TOO_LARGE, EDIT_FAILED, NO_CHANGES
 */
export async function editGeneration({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationEditInput>;
}): Promise<{ generationId: GenerationId }> {
  const { database, treeObjects } = container;
  const { generation: parent, tree } = await loadGenerationTree({ database, treeObjects, ownerId, generationId: input.parentGenerationId });
  // A person sees the whole project, so every file counts as seen.
  const seen = new Set<ContentHash>([...tree.values()].map(({ contentHash }) => contentHash));
  const start: WorkingTree = { ...openWorkingTree({ parent: tree, seen, scope: wholeProject }), elisions: "keep" };
  const parentContents = await loadBlobs({ transaction: database.prisma, hashes: findParentHashesNeeded({ start, changeSet: input.changeSet }) });
  const result = mergeChangeSet({ start, parentContents, changeSet: input.changeSet });
  if (result.status === "rejected") throw editFailed(result.failures);
  const { candidate } = result;
  if (candidate.changes.length === 0) throw new AppError({ code: "NO_CHANGES", message: `This edit leaves v${parent.version} as it is, so no version was made.` });
  return database.prisma.$transaction(async (transaction) => {
    const { generationId } = await appendGeneration({
      transaction,
      treeObjects,
      generation: {
        projectId: parent.projectId,
        kind: "edit",
        author: "user",
        prompt: null,
        parentGenerationIds: [parent.generationId],
        sourceGenerationId: null,
        tree: candidate.tree,
        newContents: candidate.newContents,
        baseContents: parentContents,
        changes: candidate.changes,
        counts: candidate.counts,
        issues: [],
      },
    });
    return { generationId };
  });
}

function editFailed(failures: OperationFailure[]): AppError {
  const [first] = failures;
  const code = first?.code === "INVALID_PATH" ? "INVALID_PATH" : first?.code === "LIMIT" ? "INPUT_TOO_LARGE" : "EDIT_FAILED";
  return new AppError({
    code,
    message: `${first?.message ?? "The edit could not be applied."} Nothing was changed.`,
    details: { failures: failures.slice(0, 20).map(({ code: reason, path, operationIndex, editIndex, message }) => ({ code: reason, path, operationIndex, editIndex, message })) },
  });
}
