import type { FilePath } from "#lib/contracts/ids.ts";
import { isPureInsertion } from "../is-pure-insertion.ts";
import { isRemovalAskedFor, isTidyingAskedFor } from "../is-removal-asked-for.ts";
import { listDeclarations, type Declaration } from "../declarations/list-declarations.ts";
import type { ValidationInput } from "../validator.ts";
import { findRenames, type Rename } from "./find-renames.ts";
import { isGeneratedFile } from "./is-generated-file.ts";
import { isAbsorbed, listGainedLines } from "./is-absorbed.ts";
import { isReplaced } from "./is-replaced.ts";
import { LostUses, type UseOfLost } from "./count-uses.ts";
import { isTestFile, nameFile } from "./name-file.ts";

/**
 * One file of the parent and what became of it. `after` is null where it was deleted. `missing` are the declarations
 * that it no longer has, `fresh` those that it did not have before.
 */
export type FileSide = {
  path: FilePath;
  before: string | null;
  after: string | null;
  missing: readonly Declaration[];
  fresh: readonly Declaration[];
};

export type LostDeclaration = { declaration: Declaration; use: UseOfLost };

export type LossReport = {
  /** By the path of the candidate, or of the parent for a deleted file. Files that lost nothing have no entry. */
  lost: ReadonlyMap<FilePath, readonly LostDeclaration[]>;
  renames: readonly Rename[];
  /** Deleted files of which a part is kept elsewhere, under its name or another. */
  movedOn: ReadonlySet<FilePath>;
};

const reports = new WeakMap<ValidationInput["changedFiles"], LossReport>();
const sidesOf = new WeakMap<ValidationInput["changedFiles"], readonly FileSide[]>();

/**
 * What the parent declared and the change does not: neither in its file nor moved to another, neither renamed nor asked
 * to be removed. Remembered while the change lives, because several rules ask for it.
 */
export function analyzeLosses(input: ValidationInput): LossReport {
  const known = reports.get(input.changedFiles);
  if (known !== undefined) return known;
  const report = analyze(input);
  reports.set(input.changedFiles, report);
  return report;
}

/** Names that something may still use although the change lost them: where an untouched file may be broken. */
export function listLostNames(input: Omit<ValidationInput, "untouchedFiles">): string[] {
  return [...new Set(listUnmoved(listSides(input)).flatMap(({ missing }) => missing.map(({ name }) => name)))];
}

function analyze(input: ValidationInput): LossReport {
  const all = listSides(input);
  const sides = listUnmoved(all);
  const { renames, renamed } = findRenames({ sides, input });
  const gained = listGainedLines(sides);
  const lost = sides.map((side) => ({
    ...side,
    missing: side.missing.filter(
      (declaration) =>
        !renamed.has(declaration) &&
        !isAbsorbed({ declaration, side, gained }) &&
        !(isTestFile(side.path) && isReplaced({ declaration, side })),
    ),
  }));
  const uses = lost.some(({ missing }) => missing.length > 0) ? new LostUses({ sides: lost, input }) : null;
  const entries = lost.flatMap((side): [FilePath, LostDeclaration[]][] => {
    const found = side.missing.map((declaration) => ({
      declaration,
      use: uses?.find({ declaration, side }) ?? ("never-used" as const),
    }));
    const selected = selectLost({ side, found, prompt: input.prompt });
    return selected.length === 0 ? [] : [[side.path, selected]];
  });
  const movedOn = all.flatMap(({ path, after, missing }, index) =>
    after === null && (lost[index]?.missing.length ?? 0) < missing.length ? [path] : [],
  );
  return { lost: new Map(entries), renames, movedOn: new Set(movedOn) };
}

function listSides({
  changedFiles,
  deletedFiles,
  sourceParser,
}: Pick<ValidationInput, "changedFiles" | "deletedFiles" | "sourceParser">): readonly FileSide[] {
  const known = sidesOf.get(changedFiles);
  if (known !== undefined) return known;
  const sides = [
    ...changedFiles.map(({ path, previousPath = path, before, after }): FileSide => {
      const after_ = { path, before, after };
      if (before !== null && (isPureInsertion({ before, after }) || isGeneratedFile({ path, text: before })))
        return { ...after_, missing: [], fresh: [] };
      const old = before === null ? [] : listDeclarations({ path: previousPath, text: before, sourceParser });
      const now = listDeclarations({ path, text: after, sourceParser });
      return { ...after_, missing: subtract(old, now), fresh: subtract(now, old) };
    }),
    ...deletedFiles.map(({ path, before }): FileSide => {
      const missing = isGeneratedFile({ path, text: before })
        ? []
        : listDeclarations({ path, text: before, sourceParser });
      return { path, before, after: null, missing, fresh: [] };
    }),
  ];
  sidesOf.set(changedFiles, sides);
  return sides;
}

function subtract(from: readonly Declaration[], other: readonly Declaration[]): Declaration[] {
  const keys = new Set(other.flatMap((declaration) => declaration.keys));
  return from.filter((declaration) => !declaration.keys.some((key) => keys.has(key)));
}

/** What reappears in another file of the change is moved, not lost. */
function listUnmoved(sides: readonly FileSide[]): readonly FileSide[] {
  const fresh = new Set(sides.flatMap((side) => side.fresh.flatMap(({ keys }) => keys)));
  return sides.map((side) => ({
    ...side,
    missing: side.missing.filter(({ keys }) => !keys.some((key) => fresh.has(key))),
  }));
}

/** The members of a class that is gone are not listed beside it, nor the function of a route. */
function selectLost({
  side,
  found,
  prompt,
}: {
  side: FileSide;
  found: readonly LostDeclaration[];
  prompt: string;
}): LostDeclaration[] {
  const symbols = new Set(side.missing.flatMap(({ kind, label }) => (kind === "symbol" ? [label] : [])));
  const keysOfRoutes = new Set(side.missing.flatMap(({ kind, keys }) => (kind === "route" ? keys : [])));
  const fileNames = nameFile(side.path);
  const mayGoUnused = isTidyingAskedFor(prompt);
  return found.filter(({ use, declaration: { kind, owner, keys, names, isPrivate } }) => {
    if (owner !== undefined && symbols.has(owner)) return false;
    if (kind === "symbol" && keys.some((key) => keysOfRoutes.has(key))) return false;
    if (use !== "still-used" && (isPrivate || mayGoUnused)) return false;
    const holders = owner === undefined ? fileNames : [owner, ...fileNames];
    return !isRemovalAskedFor({ prompt, names, holders });
  });
}
