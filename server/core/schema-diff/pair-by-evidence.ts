import type { Substitution } from "../validation/loss/substitution.ts";

/** Two that are one: with the strength of the evidence, from 0 to 1. */
type Pair<Item> = { before: Item; after: Item; score: number };

/** More than these are compared with none: pairs grow with the square, and a rewrite of everything is no renaming. */
const maxCompared = 400;

/** Pairs what is gone with what is new, the strongest evidence first; each item is in one pair at most. */
export function pairByEvidence<Item>({
  removed,
  added,
  score,
}: {
  removed: readonly Item[];
  added: readonly Item[];
  /** 0 where nothing says that the two are one. */
  score: (before: Item, after: Item) => number;
}): Pair<Item>[] {
  if (removed.length > maxCompared || added.length > maxCompared) return [];
  const candidates = removed
    .flatMap((before) => added.map((after): Pair<Item> => ({ before, after, score: score(before, after) })))
    .filter((pair) => pair.score > 0)
    .toSorted((a, b) => b.score - a.score);
  const taken = new Set<Item>();
  return candidates.filter(({ before, after }) => {
    if (taken.has(before) || taken.has(after)) return false;
    taken.add(before).add(after);
    return true;
  });
}

/** True where a substitution that the change follows turns one name into the other. */
export function isSubstituted({
  from,
  to,
  substitutions,
}: {
  from: string;
  to: string;
  substitutions: readonly Substitution[];
}): boolean {
  return substitutions.some(({ apply }) => fold(apply(from)) === fold(to));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[_\s-]+/g, "");
}
