import type { z } from "zod";
import type { FileDiffOutput, fileDiffInput } from "#lib/contracts/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import { diffTrees } from "#server/core/diff/diff-trees.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { listMoves } from "#server/store/generations.ts";
import { loadGenerationPair } from "./diff-generations.ts";

/**
 * The patch of one file between two versions; empty where the file is the same in both. Both sides never change, so the
 * answer to one question is the same for ever.
 * @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND
 */
export async function diffFile({ container, ownerId, input }: { container: Container; ownerId: string; input: z.infer<typeof fileDiffInput> }): Promise<FileDiffOutput> {
  const { base, head } = await loadGenerationPair({ container, ownerId, input });
  const path: FilePath = input.path;
  if (!base.tree.has(path) && !head.tree.has(path)) {
    throw new AppError({ code: "FILE_NOT_FOUND", message: `Neither version has a file ${path}.`, details: { path } });
  }
  const moves = await listMoves({ database: container.database, generationId: head.generation.generationId, parentGenerationId: base.generation?.generationId ?? null });
  const change = diffTrees({ base: base.tree, head: head.tree, moves }).find((entry) => entry.path === path);
  if (change === undefined) return { patch: "", isBinary: head.tree.get(path)?.isBinary ?? base.tree.get(path)?.isBinary ?? false, isTooLarge: false };
  const { oldEntry, newEntry, previousPath } = change;
  const contents = await loadBlobs({ transaction: container.database.prisma, hashes: [oldEntry, newEntry].flatMap((entry) => (entry === undefined ? [] : [entry.contentHash])) });
  const { patch, isBinary, isTooLarge } = buildFilePatch({
    path,
    ...(previousPath === undefined ? {} : { previousPath }),
    before: oldEntry === undefined ? null : (contents.get(oldEntry.contentHash) ?? null),
    after: newEntry === undefined ? null : (contents.get(newEntry.contentHash) ?? null),
    contextLines: input.contextLines ?? 3,
    ignoreWhitespace: input.ignoreWhitespace ?? false,
  });
  return { patch, isBinary, isTooLarge };
}
