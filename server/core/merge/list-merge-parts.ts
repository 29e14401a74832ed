import { diff3Merge, diffComm } from "node-diff3";
import { splitKeepingEndings } from "./split-keeping-endings.ts";

/**
 * A stretch of what a merge comes to: lines that are settled, or a place where the sides have to be decided on, with
 * what stood there before both; null where there was nothing. Endings are kept.
 */
export type MergePart =
  | { type: "settled"; text: string }
  | { type: "conflict"; ours: string; theirs: string; base: string | null };

/**
 * A text that two sides changed, as it would stand after a merge, with its conflicts in place; in the order of the
 * lines. Without a `base` everything that differs is one.
 */
export function listMergeParts({
  base,
  ours,
  theirs,
}: {
  base: string | null;
  ours: string;
  theirs: string;
}): MergePart[] {
  const [left, right] = [splitKeepingEndings(ours), splitKeepingEndings(theirs)];
  if (base === null) {
    return diffComm(left, right).map((part) =>
      "common" in part
        ? settle(part.common ?? [])
        : { type: "conflict", ours: part.buffer1.join(""), theirs: part.buffer2.join(""), base: null },
    );
  }
  return diff3Merge<string>(left, splitKeepingEndings(base), right, { excludeFalseConflicts: true }).map(
    ({ ok, conflict }) =>
      conflict === undefined
        ? settle(ok ?? [])
        : { type: "conflict", ours: conflict.a.join(""), theirs: conflict.b.join(""), base: conflict.o.join("") },
  );
}

function settle(lines: readonly string[]): MergePart {
  return { type: "settled", text: lines.join("") };
}
