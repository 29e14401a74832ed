import {
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import type { FileDiffStatus } from "#lib/contracts/comparisons/diff.ts";
import { useDiffDefaults } from "../../diff-surface/diff-defaults.ts";
import { readStatus, statusLetters } from "../../diff-surface/header/status-letters.ts";

/** A letter like git's; older addresses have a word. */
const parseAsStatus = createParser<FileDiffStatus>({ parse: readStatus, serialize: (status) => statusLetters[status] });

/** The state in a review's address: the file, and the view. */
const parsers = {
  file: parseAsString,
  L: parseAsString,
  q: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStatus).withDefault([]),
  /** "0": the list shows only unviewed files. */
  viewed: parseAsStringLiteral(["0"]),
  view: parseAsStringLiteral(["split", "unified"]),
  w: parseAsBoolean,
  wrap: parseAsBoolean,
  kept: parseAsBoolean.withDefault(false),
  /** A comment to go to. */
  c: parseAsString,
  order: parseAsStringLiteral(["path", "importance"]).withDefault("path"),
  /** For a merge: only files that it combined from both sides. */
  combined: parseAsBoolean.withDefault(false),
  one: parseAsBoolean.withDefault(false),
};

/** Values missing in the address come from this browser's settings. */
export function useReviewState() {
  const [state, setState] = useQueryStates(parsers, { history: "replace", shallow: true });
  const [defaults] = useDiffDefaults();
  return [
    {
      ...state,
      view: state.view ?? defaults.view,
      w: state.w ?? defaults.ignoresWhitespace,
      wrap: state.wrap ?? defaults.isWrapped,
    },
    setState,
  ] as const;
}

export type ReviewState = ReturnType<typeof useReviewState>[0];
export type SetReviewState = ReturnType<typeof useReviewState>[1];
