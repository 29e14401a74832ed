import type { FileFacts } from "./extract-file-facts.ts";

/** The largest hand-written files have a few hundred. A file with more is generated, and nobody reads its list. */
const maxFactsOfKind = 2_000;

/** The first facts of each kind, and `isPartial` if a file has more. */
export function boundFacts(facts: FileFacts): FileFacts {
  const { isPartial: _isPartial, ...lists } = facts;
  const kinds = Object.entries(lists);
  if (kinds.every(([, list]) => list.length <= maxFactsOfKind)) return facts;
  const bounded = Object.fromEntries(kinds.map(([kind, list]) => [kind, list.slice(0, maxFactsOfKind)]));
  return { ...facts, ...bounded, isPartial: true };
}
