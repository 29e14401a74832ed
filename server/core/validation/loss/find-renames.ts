import type { FilePath } from "#lib/contracts/ids.ts";
import type { Declaration } from "../declarations/list-declarations.ts";
import type { ValidationInput } from "../validator.ts";
import type { FileSide } from "./analyze-losses.ts";
import { isSamePlace, isSameShape } from "./compare-shapes.ts";
import { buildSubstitution, compareNames, splitWords, type Substitution } from "./substitution.ts";

/** `paths` are the files whose declarations or lines follow the rename. */
export type Rename = { from: string; to: string; paths: FilePath[] };

type Placed = { declaration: Declaration; side: FileSide };

/** The number of compared pairs is quadratic; more changed names add no information. */
const maxCompared = 250;
const maxSubstitutions = 24;
/** The share of removed lines with the old word that must reappear with the new one. */
const consistentShare = 0.5;

/**
 * Pairs lost declarations with new ones. A pair needs evidence: one word substitution that the lines of the whole
 * change follow or that the prompt names, the same shape, or a default export that replaces another.
 */
export function findRenames({ sides, input }: { sides: readonly FileSide[]; input: ValidationInput }): {
  renames: Rename[];
  renamed: ReadonlySet<Declaration>;
  /** New declarations that are the target of a rename. */
  taken: ReadonlySet<Declaration>;
} {
  const lost = sides.flatMap((side) => side.missing.map((declaration): Placed => ({ declaration, side })));
  const fresh = sides.flatMap((side) => side.fresh.map((declaration): Placed => ({ declaration, side })));
  const renamed = new Set<Declaration>();
  const taken = new Set<Declaration>();
  const renames: Rename[] = [];
  const owners: [string, string][] = [];
  const pair = (old: Placed, next: Placed) => {
    renamed.add(old.declaration);
    taken.add(next.declaration);
  };
  if (fresh.length === 0) return { renames, renamed, taken };
  const lines = new ChangedLines(sides);
  for (const substitution of proposeSubstitutions({ lost, fresh, input })) {
    const pairs = matchBySubstitution({ substitution, lost, fresh, renamed, taken });
    if (pairs.length === 0) continue;
    const { matched, total, paths } = lines.measure(substitution);
    if (matched.length === 0) continue;
    const isNamed = isInPrompt({ substitution, prompt: input.prompt });
    const isConsistent = matched.length >= 2 && matched.length / total >= consistentShare;
    if (!isNamed && !(isConsistent && isFollowed({ pairs, matched }))) continue;
    for (const [old, next] of pairs) {
      pair(old, next);
      owners.push([old.declaration.label, next.declaration.label]);
    }
    renames.push({
      from: substitution.from.join(" "),
      to: substitution.to.join(" "),
      paths: [...new Set([...paths, ...pairs.map(([, { side }]) => side.path)])],
    });
  }
  for (const side of sides)
    for (const [old, next] of matchInFile({ side, renamed, taken })) {
      renamed.add(old);
      taken.add(next);
      renames.push({ from: old.label, to: next.label, paths: [side.path] });
      owners.push([old.label, next.label]);
    }
  for (const [old, next] of pairMembers({ owners, lost, fresh, renamed, taken })) pair(old, next);
  return { renames, renamed, taken };
}

/**
 * One lost and one new name may match by chance. They are a rename if several pairs follow the same substitution, if
 * the new one is in the old one's place, or if a use of it followed.
 */
function isFollowed({
  pairs,
  matched,
}: {
  pairs: readonly (readonly [Placed, Placed])[];
  matched: readonly string[];
}): boolean {
  const [first] = pairs;
  if (first === undefined || pairs.length > 1) return first !== undefined;
  const [{ declaration: old, side }, next] = first;
  if (next.side.path === side.path && isSamePlace({ old, next: next.declaration, side })) return true;
  const body = new Set(
    toLines(
      (side.before ?? "")
        .split("\n")
        .slice(old.startLine, old.endLine + 1)
        .join("\n"),
    ),
  );
  return matched.some((line) => !body.has(line));
}

/** The substitutions that turn a lost name into the new one, the one that explains the most first. */
function proposeSubstitutions({
  lost,
  fresh,
  input,
}: {
  lost: readonly Placed[];
  fresh: readonly Placed[];
  input: ValidationInput;
}): Substitution[] {
  const counts = new Map<string, { from: string[]; to: string[]; count: number }>();
  const note = (from: string, to: string) => {
    const difference = compareNames({ from, to });
    if (difference === null) return;
    const key = `${difference.from.join(" ")}>${difference.to.join(" ")}`;
    const known = counts.get(key);
    counts.set(key, { ...difference, count: (known?.count ?? 0) + 1 });
  };
  for (const { declaration: old } of lost.slice(0, maxCompared))
    for (const { declaration: next } of fresh.slice(0, maxCompared))
      if (old.kind === next.kind) note(old.name, next.name);
  for (const { path, previousPath } of input.changedFiles)
    if (previousPath !== undefined) note(readStem(previousPath), readStem(path));
  return [...counts.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, maxSubstitutions)
    .map(buildSubstitution);
}

function readStem(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
}

function matchBySubstitution({
  substitution: { apply },
  lost,
  fresh,
  renamed,
  taken,
}: {
  substitution: Substitution;
  lost: readonly Placed[];
  fresh: readonly Placed[];
  renamed: ReadonlySet<Declaration>;
  taken: ReadonlySet<Declaration>;
}): [Placed, Placed][] {
  const open = Map.groupBy(
    fresh.filter(({ declaration }) => !taken.has(declaration)),
    ({ declaration: { kind, label } }) => `${kind} ${foldSpelling(label)}`,
  );
  return lost.flatMap((old): [Placed, Placed][] => {
    const { kind, label } = old.declaration;
    const next = apply(label);
    if (renamed.has(old.declaration) || next === label) return [];
    const found = open.get(`${kind} ${foldSpelling(next)}`) ?? [];
    const chosen = found.find(({ side }) => side.path === old.side.path) ?? found[0];
    return chosen === undefined ? [] : [[old, chosen]];
  });
}

/** Members of a renamed class follow it. */
function pairMembers({
  owners,
  lost,
  fresh,
  renamed,
  taken,
}: {
  owners: readonly (readonly [string, string])[];
  lost: readonly Placed[];
  fresh: readonly Placed[];
  renamed: ReadonlySet<Declaration>;
  taken: ReadonlySet<Declaration>;
}): [Placed, Placed][] {
  return owners.flatMap(([oldOwner, nextOwner]) =>
    lost.flatMap((old): [Placed, Placed][] => {
      const { owner, label } = old.declaration;
      const isInside = owner === oldOwner || owner?.startsWith(`${oldOwner}.`) === true;
      if (!isInside || renamed.has(old.declaration)) return [];
      const wanted = nextOwner + label.slice(oldOwner.length);
      const next = fresh.find(({ declaration }) => declaration.label === wanted && !taken.has(declaration));
      return next === undefined ? [] : [[old, next]];
    }),
  );
}

function isInPrompt({ substitution: { from, to }, prompt }: { substitution: Substitution; prompt: string }): boolean {
  const said = ` ${splitWords(prompt).join(" ")} `;
  return [from, to].every((words) => {
    const phrase = words.join(" ");
    return [phrase, `${phrase}s`, `${phrase}es`, phrase.replace(/y$/, "ies")].some((each) =>
      said.includes(` ${each} `),
    );
  });
}

/** Within one file: one default export for another, and the same shape under another name. */
function matchInFile({
  side,
  renamed,
  taken,
}: {
  side: FileSide;
  renamed: ReadonlySet<Declaration>;
  taken: ReadonlySet<Declaration>;
}): [Declaration, Declaration][] {
  const open = new Set(side.fresh.filter((declaration) => !taken.has(declaration)));
  return side.missing.flatMap((old): [Declaration, Declaration][] => {
    if (renamed.has(old)) return [];
    const next = [...open].find(
      (candidate) =>
        candidate.kind === old.kind &&
        candidate.owner === old.owner &&
        ((old.isDefaultExport && candidate.isDefaultExport) || isSameShape({ old, next: candidate, side })),
    );
    if (next === undefined) return [];
    open.delete(next);
    return [[old, next]];
  });
}

/** The removed and the added lines of the change, over all files. */
class ChangedLines {
  readonly #removed: { path: FilePath; line: string }[] = [];
  readonly #added = new Set<string>();

  constructor(sides: readonly FileSide[]) {
    for (const { path, before, after } of sides) {
      const old = toLines(before ?? "");
      const now = toLines(after ?? "");
      const [had, has] = [new Set(old), new Set(now)];
      for (const line of had) if (!has.has(line)) this.#removed.push({ path, line });
      for (const line of has) if (!had.has(line)) this.#added.add(foldSpelling(line));
    }
  }

  measure({ apply }: Substitution): { matched: string[]; total: number; paths: FilePath[] } {
    const holding = this.#removed.filter(({ line }) => apply(line) !== line);
    const matched = holding.filter(({ line }) => this.#added.has(foldSpelling(apply(line))));
    return {
      matched: matched.map(({ line }) => line),
      total: holding.length,
      paths: [...new Set(matched.map(({ path }) => path))],
    };
  }
}

/**
 * `blog_entry`, `blogEntry` and `blog entry` are equivalent: the context decides which one replaces a single old word.
 */
function foldSpelling(line: string): string {
  return line.toLowerCase().replace(/[_\s-]+/g, "");
}

function toLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
