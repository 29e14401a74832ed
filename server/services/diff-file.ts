import type { z } from "zod";
import type { FileDiffItem, FileDiffOutput, fileDiffInput, fileDiffsInput } from "#lib/contracts/diff.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import type { TreeDifference } from "#server/core/diff/diff-trees.ts";
import { comparePaths } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { loadComparison } from "./load-comparison.ts";

type Service = { container: Container; ownerId: string };
type PatchOptions = { contextLines?: number | undefined; ignoreWhitespace?: boolean | undefined };

/**
 * The patch of one file between two versions; empty where the file is the same in both. Both sides never change, so the
 * answer to one question is the same for ever.
 * @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND
 */
export async function diffFile({ container, ownerId, input }: Service & { input: z.infer<typeof fileDiffInput> }): Promise<FileDiffOutput> {
  const { base, head, changes } = await loadComparison({ container, ownerId, input });
  const { path } = input;
  if (!base.tree.has(path) && !head.tree.has(path)) {
    throw new AppError({ code: "FILE_NOT_FOUND", message: `Neither version has a file ${path}.`, details: { path } });
  }
  const change = changes.find((entry) => entry.path === path);
  if (change === undefined) return { patch: "", isBinary: head.tree.get(path)?.isBinary ?? base.tree.get(path)?.isBinary ?? false, isTooLarge: false };
  const [{ path: _, ...patch } = { path, patch: "", isBinary: false, isTooLarge: false }] = await buildPatches({ container, changes: [change], options: input });
  return patch;
}

/**
 * The patches of the files that differ, a page of them at a time, in the order of their paths.
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function diffFiles({ container, ownerId, input }: Service & { input: z.infer<typeof fileDiffsInput> }): Promise<{ items: FileDiffItem[] }> {
  const { changes } = await loadComparison({ container, ownerId, input });
  const { afterPath, limit } = input;
  const following = afterPath === undefined ? changes : changes.filter(({ path }) => comparePaths(path, afterPath) > 0);
  return { items: await buildPatches({ container, changes: following.slice(0, limit), options: input }) };
}

async function buildPatches({ container, changes, options }: { container: Container; changes: readonly TreeDifference[]; options: PatchOptions }): Promise<FileDiffItem[]> {
  const contents = await loadBlobs({ transaction: container.database.prisma, hashes: changes.flatMap(({ oldEntry, newEntry }) => [oldEntry, newEntry].flatMap((entry) => (entry === undefined ? [] : [entry.contentHash]))) });
  return changes.map(({ path, previousPath, oldEntry, newEntry }) => {
    const { patch, isBinary, isTooLarge } = buildFilePatch({
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      before: oldEntry === undefined ? null : (contents.get(oldEntry.contentHash) ?? null),
      after: newEntry === undefined ? null : (contents.get(newEntry.contentHash) ?? null),
      contextLines: options.contextLines ?? 3,
      ignoreWhitespace: options.ignoreWhitespace ?? false,
    });
    return { path, patch, isBinary, isTooLarge };
  });
}
