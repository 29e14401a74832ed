import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useDiffDefaults } from "./diff-defaults.ts";

/** What an address of a review says: which file, and how it is looked at. */
const parsers = {
  file: parseAsString,
  L: parseAsString,
  q: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(["added", "modified", "deleted", "moved"])).withDefault([]),
  /** "0": the list shows only what was not viewed. */
  viewed: parseAsStringLiteral(["0"]),
  view: parseAsStringLiteral(["split", "unified"]),
  w: parseAsBoolean,
  wrap: parseAsBoolean,
  kept: parseAsBoolean.withDefault(false),
  one: parseAsBoolean.withDefault(false),
};

/** What the address does not say is as this browser's settings have it. */
export function useReviewState() {
  const [state, setState] = useQueryStates(parsers, { history: "replace", shallow: true });
  const [defaults] = useDiffDefaults();
  return [{ ...state, view: state.view ?? defaults.view, w: state.w ?? defaults.ignoresWhitespace, wrap: state.wrap ?? defaults.isWrapped }, setState] as const;
}
