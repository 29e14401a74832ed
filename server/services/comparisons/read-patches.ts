import type { FileDiffOutput } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { TreeDifference } from "#server/core/diff/diff-trees.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { deriveAll, type DerivedKind } from "#server/store/contents/derived-contents.ts";
import { buildPatches } from "./build-patches.ts";

export type PatchOptions = { contextLines?: number | undefined; ignoreWhitespace?: boolean | undefined };

const patchKind: DerivedKind<FileDiffOutput> = { name: "patch", version: 2 };

/** The inputs of a patch and of everything computed from it. */
export function patchKey({
  change: { path, previousPath, oldEntry, newEntry },
  options,
}: {
  change: TreeDifference;
  options: PatchOptions;
}): string {
  return JSON.stringify([
    oldEntry?.contentHash ?? null,
    newEntry?.contentHash ?? null,
    oldEntry?.mode ?? null,
    newEntry?.mode ?? null,
    path,
    previousPath ?? null,
    options.contextLines ?? 3,
    options.ignoreWhitespace ?? false,
  ]);
}

/** The patches of some differences, computed once and stored, because both sides are immutable. */
export async function readPatches({
  container: { database, threads },
  changes,
  options,
}: {
  container: Container;
  changes: readonly TreeDifference[];
  options: PatchOptions;
}): Promise<Map<FilePath, FileDiffOutput>> {
  const changeByKey = new Map(changes.map((change) => [patchKey({ change, options }), change]));
  const late = new Map<string, FileDiffOutput>();
  const patches = await deriveAll({
    database,
    kind: patchKind,
    keys: [...changeByKey.keys()],
    compute: async (missing) => {
      const entries = missing.flatMap((key) => {
        const change = changeByKey.get(key);
        return change === undefined ? [] : [[key, change] as const];
      });
      const contents = await loadBlobs({
        transaction: database.prisma,
        hashes: entries.flatMap(([, { oldEntry, newEntry }]) =>
          [oldEntry, newEntry].flatMap((entry) => (entry === undefined ? [] : [entry.contentHash])),
        ),
      });
      const built = await buildPatches({
        threads,
        files: entries.map(([, { path, previousPath, oldEntry, newEntry }]) => ({
          path,
          ...(previousPath === undefined ? {} : { previousPath }),
          before: oldEntry === undefined ? null : (contents.get(oldEntry.contentHash) ?? null),
          after: newEntry === undefined ? null : (contents.get(newEntry.contentHash) ?? null),
          oldMode: oldEntry?.mode,
          newMode: newEntry?.mode,
          contextLines: options.contextLines ?? 3,
          ignoreWhitespace: options.ignoreWhitespace ?? false,
        })),
      });
      const outputs = entries.map(([key], index): [string, FileDiffOutput, boolean] => {
        const { patch = "", isBinary = false, isTooLarge = true, isLate = true, encoding } = built[index] ?? {};
        const output = { patch, isBinary, isTooLarge, ...(encoding === undefined ? {} : { encoding }) };
        return [key, output, isLate];
      });
      // A timeout depends on the load of the host, so it is not stored and the patch is retried next time.
      for (const [key, output, isLate] of outputs) if (isLate) late.set(key, output);
      return new Map(outputs.flatMap(([key, output, isLate]) => (isLate ? [] : [[key, output] as const])));
    },
  });
  return new Map(
    [...changeByKey].flatMap(([key, { path }]) => {
      const patch = patches.get(key) ?? late.get(key);
      return patch === undefined ? [] : [[path, patch]];
    }),
  );
}
