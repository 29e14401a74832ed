import type { FilePath } from "#lib/contracts/ids.ts";
import { isPureInsertion } from "../is-pure-insertion.ts";
import {
  isPruningAskedFor,
  isRemovalAskedFor,
  isRemovalOfDeprecatedAskedFor,
  isTidyingAskedFor,
  listDroppedVersions,
} from "../is-removal-asked-for.ts";
import { listDeclarations, type Declaration } from "../declarations/list-declarations.ts";
import type { ChangedFile, ValidationInput } from "../validator.ts";
import { findRenames, type Rename } from "./find-renames.ts";
import { isGeneratedFile } from "./is-generated-file.ts";
import { isAbsorbed, listGainedLines } from "./is-absorbed.ts";
import { escapePattern } from "./escape-pattern.ts";
import { findReplacement } from "./find-replacement.ts";
import { FreshByName } from "./fresh-by-name.ts";
import { isKeptInClass } from "./is-kept-in-class.ts";
import { isStillOffered } from "./is-still-offered.ts";
import { LostUses, type UseOfLost } from "./count-uses.ts";
import { InheritedFields } from "./inherited-fields.ts";
import { releaseWithUsers } from "./release-with-users.ts";
import { isTestFile, nameFile } from "./name-file.ts";

/**
 * One file of the parent and its new state. `after` is null if the file was deleted. `missing` are declarations that it
 * no longer has, `fresh` those that it did not have before.
 */
export type FileSide = {
  path: FilePath;
  before: string | null;
  after: string | null;
  missing: readonly Declaration[];
  fresh: readonly Declaration[];
};

export type LostDeclaration = { declaration: Declaration; use: UseOfLost };

/** Only its own file could have used it, and nothing did: reported, but not a sign of loss. */
export function isUnusedPrivate({ declaration: { isPrivate }, use }: LostDeclaration): boolean {
  return isPrivate && use === "never-used";
}

export type LossReport = {
  /** By the candidate's path, or the parent's for a deleted file. Files without losses have no entry. */
  lost: ReadonlyMap<FilePath, readonly LostDeclaration[]>;
  renames: readonly Rename[];
  /**
   * Lines of each file that were removed with declarations that are not lost: moved, renamed or intentionally released.
   */
  explained: ReadonlyMap<FilePath, ReadonlySet<number>>;
  /** Deleted files of which a part remains elsewhere, under its name or another. */
  movedOn: ReadonlySet<FilePath>;
};

const none: ReadonlySet<Declaration> = new Set();

const reports = new WeakMap<ValidationInput["changedFiles"], LossReport>();
const sidesOf = new WeakMap<ValidationInput["changedFiles"], readonly FileSide[]>();

/**
 * Declarations of the parent that the change loses: they are neither in their file nor moved, neither renamed nor
 * requested to be removed. Cached for the lifetime of the change, because several rules use it.
 */
export function analyzeLosses(input: ValidationInput): LossReport {
  const known = reports.get(input.changedFiles);
  if (known !== undefined) return known;
  const report = analyze(input);
  reports.set(input.changedFiles, report);
  return report;
}

/** Lost names that unchanged files may still use, so that those may be broken. */
export function listLostNames(input: Omit<ValidationInput, "untouchedFiles">): string[] {
  const lost = listUnmoved(listSides(input)).flatMap(({ missing }) => missing);
  return [...new Set(lost.flatMap(listSpellings))];
}

/** The import name of a package can differ from its name in a manifest: `flask_login` for `flask-login`. */
function listSpellings({ kind, name }: Declaration): string[] {
  return kind === "dependency" ? [name, name.replace(/^@types\//, ""), name.replaceAll("-", "_")] : [name];
}

function analyze(input: ValidationInput): LossReport {
  const all = listSides(input);
  const sides = listUnmoved(all);
  const { renames, renamed, taken } = findRenames({ sides, input });
  const gained = listGainedLines(sides);
  const inherited = new InheritedFields(input);
  const freshByName = new FreshByName(all);
  const lost = sides.map((side) => ({
    ...side,
    missing: side.missing.filter(
      (declaration) =>
        !renamed.has(declaration) &&
        !isAbsorbed({ declaration, side, gained }) &&
        !freshByName.hasMoved({ declaration, side }) &&
        !inherited.has({ path: side.path, declaration }) &&
        !isStillOffered({ declaration, side, sides: all, input }) &&
        !isKeptInClass({ declaration, side, input }) &&
        !(isTestFile(side.path) && isTestReplaced({ declaration, side })),
    ),
  }));
  const uses = lost.some(({ missing }) => missing.length > 0) ? new LostUses({ sides: lost, input }) : null;
  const found = lost.flatMap((side) =>
    side.missing.map((declaration) => ({
      side,
      declaration,
      use: uses?.find({ declaration, side }) ?? ("never-used" as const),
    })),
  );
  const released = releaseWithUsers({ found, gone: sides, taken });
  const bySide = Map.groupBy(released, ({ side }) => side);
  const entries = [...bySide].flatMap(([side, own]): [FilePath, LostDeclaration[]][] => {
    const selected = selectLost({ side, found: own, prompt: input.prompt });
    return selected.length === 0 ? [] : [[side.path, selected]];
  });
  const movedOn = all.flatMap(({ path, after, missing }, index) =>
    after === null && (lost[index]?.missing.length ?? 0) < missing.length ? [path] : [],
  );
  const report = { lost: new Map(entries), renames, movedOn: new Set(movedOn) };
  return { ...report, explained: listExplained({ sides: all, found: released }) };
}

/**
 * Whether another test replaces it, or several whose names start with its name: `test_pool_for_ipv6` for `test_pool`.
 */
function isTestReplaced({ declaration, side }: { declaration: Declaration; side: FileSide }): boolean {
  const { kind, owner, name } = declaration;
  const isSplit =
    name.length >= minSplitName &&
    side.fresh.some((next) => next.kind === kind && next.owner === owner && next.name.startsWith(name));
  return isSplit || findReplacement({ declaration, side, taken: none }) !== null;
}

/** Other names start with a shorter name by coincidence. */
const minSplitName = 12;

function listExplained({
  sides,
  found,
}: {
  sides: readonly FileSide[];
  found: readonly LostDeclaration[];
}): ReadonlyMap<FilePath, ReadonlySet<number>> {
  const missed = new Set(found.flatMap(({ declaration, use }) => (use === "let-go" ? [] : [declaration])));
  return new Map(
    sides.map(({ path, missing }) => {
      const lines = missing.flatMap((declaration) =>
        missed.has(declaration) || declaration.startLine < 0 ? [] : listLines(declaration),
      );
      return [path, new Set(lines)];
    }),
  );
}

function listLines({ startLine, endLine }: Declaration): number[] {
  return Array.from({ length: endLine - startLine + 1 }, (_, index) => startLine + index);
}

function listSides({
  changedFiles,
  deletedFiles,
  sourceParser,
}: Pick<ValidationInput, "changedFiles" | "deletedFiles" | "sourceParser">): readonly FileSide[] {
  const known = sidesOf.get(changedFiles);
  if (known !== undefined) return known;
  const isInsertion = ({ before, after }: ChangedFile) => before !== null && isPureInsertion({ before, after });
  const [insertions, others] = [changedFiles.filter(isInsertion), changedFiles.filter((file) => !isInsertion(file))];
  // New lines in a file only matter if something may have moved there.
  const compared = others.some(({ before }) => before !== null) || deletedFiles.length > 0 ? changedFiles : others;
  const sides = [
    ...insertions
      .filter((file) => !compared.includes(file))
      .map(({ path, before, after }): FileSide => ({ path, before, after, missing: [], fresh: [] })),
    ...compared.map(({ path, previousPath = path, before, after }): FileSide => {
      const after_ = { path, before, after };
      if (before !== null && isGeneratedFile({ path, text: before })) return { ...after_, missing: [], fresh: [] };
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

/** A declaration that reappears in another changed file is moved, not lost. */
function listUnmoved(sides: readonly FileSide[]): readonly FileSide[] {
  const fresh = new Set(sides.flatMap((side) => side.fresh.flatMap(({ keys }) => keys)));
  return sides.map((side) => ({
    ...side,
    missing: side.missing.filter(({ keys }) => !keys.some((key) => fresh.has(key))),
  }));
}

/** Lines above a declaration that may be its comment or its annotation. */
const headLines = 6;

function saysDeprecated({ side, declaration: { startLine, endLine } }: Placed): boolean {
  if (startLine < 0) return false;
  const lines = (side.before ?? "").split("\n").slice(Math.max(0, startLine - headLines), endLine + 1);
  return /deprecat/i.test(lines.join("\n"));
}

/** Whether a manifest has the package only for a version that the prompt drops: `x; python_version <= "3.7"`. */
function isOfVersion({ side, declaration: { name }, dropped }: Placed & { dropped: readonly string[] }): boolean {
  if (dropped.length === 0) return false;
  const line = (side.before ?? "").split("\n").find((each) => each.trim().toLowerCase().startsWith(name));
  return dropped.some((version) => new RegExp(`(?<![\\d.])${escapePattern(version)}(?![\\d])`).test(line ?? ""));
}

type Placed = { side: FileSide; declaration: Declaration };

/** Members of a lost class, and the handler of a lost route, are not listed separately. */
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
  const mayGoDeprecated = isRemovalOfDeprecatedAskedFor(prompt);
  const dropped = listDroppedVersions(prompt);
  return found.filter(({ use, declaration }) => {
    const { kind, owner, keys, names, isPrivate } = declaration;
    if (mayGoDeprecated && saysDeprecated({ side, declaration })) return false;
    if (kind === "dependency" && isOfVersion({ side, declaration, dropped })) return false;
    if (owner !== undefined && symbols.has(owner.replace(/ as .*$/, ""))) return false;
    if (kind === "dependency" && use !== "still-used" && isPruningAskedFor(prompt)) return false;
    if (kind === "symbol" && keys.some((key) => keysOfRoutes.has(key))) return false;
    if (use !== "still-used" && (mayGoUnused || (isPrivate && use === "let-go"))) return false;
    const holders = owner === undefined ? fileNames : [owner, ...fileNames];
    return !isRemovalAskedFor({ prompt, names, holders });
  });
}
