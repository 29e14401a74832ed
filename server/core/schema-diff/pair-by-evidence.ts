import type { Substitution } from "../validation/loss/substitution.ts";

/** Two items that are one, with the strength of the evidence from 0 to 1. */
type Pair<Item> = { before: Item; after: Item; score: number };

/** More items are not compared: the number of pairs is quadratic, and a rewrite of everything is not a rename. */
const maxCompared = 400;

/** Pairs removed with new items, strongest evidence first; each item is in at most one pair. */
export function pairByEvidence<Item>({
  removed,
  added,
  score,
}: {
  removed: readonly Item[];
  added: readonly Item[];
  /** 0 if there is no evidence. */
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

/** True if one of the change's substitutions turns one name into the other. */
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
