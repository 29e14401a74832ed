import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

/** What an address of a review says: which file, and how it is looked at. */
const parsers = {
  file: parseAsString,
  view: parseAsStringLiteral(["split", "unified"]),
  w: parseAsBoolean.withDefault(false),
  wrap: parseAsBoolean.withDefault(false),
  kept: parseAsBoolean.withDefault(false),
};

export function useReviewState() {
  return useQueryStates(parsers, { history: "replace", shallow: true });
}
