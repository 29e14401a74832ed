import type { FileDiffOutput } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { Container } from "#server/container.ts";
import { pickPatchColours } from "#server/core/colours/pick-patch-colours.ts";
import type { TreeDifference } from "#server/core/diff/diff-trees.ts";
import { logger } from "#server/logger.ts";
import { deriveAll, type DerivedKind } from "#server/store/contents/derived-contents.ts";
import { patchKey, type PatchOptions } from "./read-patches.ts";
import { readTextColours, textKey } from "./text-colours.ts";

/** Increase it together with the version of the texts' colours. */
const patchColoursKind: DerivedKind<LineColours | null> = { name: "patch-colours", version: 1 };

/** A longer patch is data or a bundle: computing its colours would block the process. */
const maxColouredCharacters = 524_288;

/** A change with its patch and its two sides; a missing side is null. */
type Painted = {
  key: string;
  path: FilePath;
  patch: string;
  before: ReturnType<typeof toSide>;
  after: ReturnType<typeof toSide>;
};

/**
 * The colours of patches, computed once and stored; null if there are none. Patches are readable without colours, so a
 * failure is logged and not thrown.
 */
export async function readPatchColours({
  container,
  changes,
  patches,
  options,
}: {
  container: Container;
  changes: readonly TreeDifference[];
  patches: ReadonlyMap<FilePath, FileDiffOutput>;
  options: PatchOptions;
}): Promise<ReadonlyMap<FilePath, LineColours | null>> {
  const itemByKey = new Map(
    changes.map((change): [string, Painted] => {
      const { path, previousPath = path, oldEntry, newEntry } = change;
      const key = patchKey({ change, options });
      return [
        key,
        {
          key,
          path,
          patch: patches.get(path)?.patch ?? "",
          before: toSide(previousPath, oldEntry),
          after: toSide(path, newEntry),
        },
      ];
    }),
  );
  try {
    const colours = await deriveAll({
      database: container.database,
      kind: patchColoursKind,
      keys: [...itemByKey.keys()],
      compute: (missing) => paintPatches({ container, items: missing.flatMap((key) => itemByKey.get(key) ?? []) }),
    });
    return new Map([...itemByKey].map(([key, { path }]) => [path, colours.get(key) ?? null]));
  } catch (error) {
    logger.error({ err: error }, "colours");
    return new Map();
  }
}

async function paintPatches({
  container,
  items,
}: {
  container: Container;
  items: readonly Painted[];
}): Promise<Map<string, LineColours | null>> {
  const isColoured = ({ patch }: Painted) => patch.length <= maxColouredCharacters && patch.includes("\n@@ ");
  const files = items
    .filter(isColoured)
    .flatMap(({ before, after }) => [before, after].filter((side) => side !== null));
  const texts = await readTextColours({ container, files });
  const find = (side: Painted["before"]) => (side === null ? null : (texts.get(textKey(side)) ?? null));
  return new Map(
    items.map((item) => {
      if (item.patch.length > maxColouredCharacters) return [item.key, { styles: [], lines: [] }];
      const sides = { before: find(item.before), after: find(item.after) };
      const isMissing =
        (item.before !== null && sides.before === null) || (item.after !== null && sides.after === null);
      return [item.key, isMissing ? null : pickPatchColours({ patch: item.patch, ...sides })];
    }),
  );
}

function toSide(path: FilePath, entry: TreeDifference["oldEntry"]) {
  return entry === undefined ? null : { path, entry };
}
