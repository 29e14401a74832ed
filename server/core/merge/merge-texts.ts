import { diff3Merge } from "node-diff3";
import { splitKeepingEndings } from "./split-keeping-endings.ts";

/** Lines that both sides changed differently. They keep their endings; `line` is 1-based, in our text. */
export type TextConflict = { line: number; base: string; ours: string; theirs: string };

type TextMerge = { status: "merged"; text: string } | { status: "conflicted"; conflicts: TextConflict[] };

/**
 * Merges two changes of one text by lines, where line endings are part of the lines. A change of one side is taken; the
 * same change of both sides is taken once; anything else is a conflict. No side is ever preferred. The algorithm is
 * diff3 (Khanna, Kunal, Pierce 2007) by `node-diff3`.
 */
export function mergeTexts({ base, ours, theirs }: { base: string; ours: string; theirs: string }): TextMerge {
  if (ours === theirs || theirs === base) return { status: "merged", text: ours };
  if (ours === base) return { status: "merged", text: theirs };
  const regions = diff3Merge<string>(
    splitKeepingEndings(ours),
    splitKeepingEndings(base),
    splitKeepingEndings(theirs),
    { excludeFalseConflicts: true },
  );
  const conflicts = regions.flatMap(({ conflict }): TextConflict[] =>
    conflict === undefined
      ? []
      : [
          {
            line: conflict.aIndex + 1,
            base: conflict.o.join(""),
            ours: conflict.a.join(""),
            theirs: conflict.b.join(""),
          },
        ],
  );
  if (conflicts.length > 0) return { status: "conflicted", conflicts };
  return { status: "merged", text: regions.flatMap(({ ok }) => ok ?? []).join("") };
}
