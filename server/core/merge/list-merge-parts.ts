import { diff3Merge, diffComm } from "node-diff3";
import { splitKeepingEndings } from "./split-keeping-endings.ts";

/**
 * A part of a merge: merged lines, or a conflict with the base's lines (null if there were none). Line endings are
 * kept.
 */
export type MergePart =
  | { type: "merged"; text: string }
  | { type: "conflict"; ours: string; theirs: string; base: string | null };

/**
 * The merge of a text that two sides changed, including its conflicts, in the order of lines. Without a `base` every
 * difference is a conflict.
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
  return { type: "merged", text: lines.join("") };
}
