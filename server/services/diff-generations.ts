import type { z } from "zod";
import type { GenerationDiffOutput, generationDiffInput } from "#lib/contracts/diff.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { decodeText } from "#server/core/file-content.ts";
import { emptyFileTree } from "#server/core/file-tree.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { countLineChanges } from "#server/core/diff/count-line-changes.ts";
import { diffTrees } from "#server/core/diff/diff-trees.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { findFirstParent, listMoves } from "#server/store/generations.ts";
import { loadGenerationTree } from "#server/store/load-generation-tree.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";

export type GenerationPair = { base: { generation: StoredGeneration | null; tree: FileTree }; head: { generation: StoredGeneration; tree: FileTree } };

/**
 * The two sides of a comparison: the generation that is named and its first parent, or any other of the same project. A
 * generation without a parent is compared with the empty tree.
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function loadGenerationPair({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationDiffInput>;
}): Promise<GenerationPair> {
  const { database, treeObjects } = container;
  const head = await loadGenerationTree({ database, treeObjects, ownerId, generationId: input.generationId });
  const baseId = input.againstGenerationId ?? (await findFirstParent({ database, generationId: input.generationId }));
  if (baseId === null) return { base: { generation: null, tree: emptyFileTree }, head };
  const base = await loadGenerationTree({ database, treeObjects, ownerId, generationId: baseId });
  if (base.generation.projectId !== head.generation.projectId) {
    throw new AppError({ code: "GENERATION_NOT_FOUND", message: "The two versions belong to different projects, so they cannot be compared.", details: { generationId: baseId } });
  }
  return { base, head };
}

/** What differs between two versions, with line counts; moves that a change set made are shown as moves. */
export async function diffGenerations({ container, ownerId, input }: { container: Container; ownerId: string; input: z.infer<typeof generationDiffInput> }): Promise<GenerationDiffOutput> {
  const { base, head } = await loadGenerationPair({ container, ownerId, input });
  const moves = await listMoves({ database: container.database, generationId: head.generation.generationId, parentGenerationId: base.generation?.generationId ?? null });
  const entries = diffTrees({ base: base.tree, head: head.tree, moves });
  const hashes = entries.flatMap(({ oldEntry, newEntry }) => [oldEntry, newEntry].flatMap((entry) => (entry === undefined || entry.isBinary ? [] : [entry.contentHash])));
  const contents = await loadBlobs({ transaction: container.database.prisma, hashes });
  const files = entries.map(({ path, previousPath, status, oldEntry, newEntry }) => {
    const isBinary = oldEntry?.isBinary === true || newEntry?.isBinary === true;
    const toText = (entry: typeof oldEntry) => (entry === undefined ? "" : (decodeText(contents.get(entry.contentHash) ?? new Uint8Array()) ?? ""));
    const counts = isBinary || oldEntry?.contentHash === newEntry?.contentHash ? { additions: 0, deletions: 0 } : countLineChanges({ before: toText(oldEntry), after: toText(newEntry) });
    return { path, ...(previousPath === undefined ? {} : { previousPath }), status, ...counts, isBinary };
  });
  const changedHeadPaths = entries.filter(({ status }) => status !== "deleted").length;
  return { files, keptCount: head.tree.size - changedHeadPaths };
}
