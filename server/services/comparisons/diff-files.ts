import type { z } from "zod";
import { compareByFolder } from "#lib/compare-by-folder.ts";
import type { FileDiffItem, FileDiffOutput, fileDiffInput, fileDiffsInput } from "#lib/contracts/comparisons/diff.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { loadComparison } from "./load-comparison.ts";
import { readPatchColours } from "./patch-colours.ts";
import { readPatches } from "./read-patches.ts";

type Service = { container: Container; ownerId: string };

/**
 * The patch of one file between two versions; empty if the file is the same in both.
 *
 * @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND
 */
export async function diffFile({
  container,
  ownerId,
  input,
}: Service & { input: z.infer<typeof fileDiffInput> }): Promise<FileDiffOutput> {
  const { base, head, changes } = await loadComparison({ container, ownerId, input });
  const { path } = input;
  if (!base.tree.has(path) && !head.tree.has(path)) {
    throw new AppError({ code: "FILE_NOT_FOUND", message: `Neither version has a file ${path}.`, details: { path } });
  }
  const change = changes.find((entry) => entry.path === path);
  const unchanged = {
    patch: "",
    isBinary: head.tree.get(path)?.isBinary ?? base.tree.get(path)?.isBinary ?? false,
    isTooLarge: false,
  };
  if (change === undefined) return unchanged;
  return (await readPatches({ container, changes: [change], options: input })).get(path) ?? unchanged;
}

/**
 * A page of the patches of differing files, with their colours, in review order.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function diffFiles({
  container,
  ownerId,
  input,
}: Service & { input: z.infer<typeof fileDiffsInput> }): Promise<{ items: FileDiffItem[] }> {
  const { changes } = await loadComparison({ container, ownerId, input });
  const { afterPath, limit } = input;
  const ordered = changes.toSorted((one, other) => compareByFolder(one.path, other.path));
  const page = (
    afterPath === undefined ? ordered : ordered.filter(({ path }) => compareByFolder(path, afterPath) > 0)
  ).slice(0, limit);
  const patches = await readPatches({ container, changes: page, options: input });
  const colours = await readPatchColours({ container, changes: page, patches, options: input });
  return {
    items: page.flatMap(({ path }) => {
      const patch = patches.get(path);
      return patch === undefined ? [] : [{ path, ...patch, colours: colours.get(path) ?? null }];
    }),
  };
}
