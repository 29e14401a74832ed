import { diff3Merge } from "node-diff3";
import { splitKeepingEndings } from "./split-keeping-endings.ts";

/**
 * A place where both sides changed the same lines differently. Lines keep their endings; `line` is 1-based, in our
 * text.
 */
export type TextConflict = { line: number; base: string; ours: string; theirs: string };

export type TextMerge = { status: "merged"; text: string } | { status: "conflicted"; conflicts: TextConflict[] };

/**
 * Merges what two sides made of one text, line by line with the endings as part of the lines. What one side alone
 * changed is taken; the same change on both sides is taken once; anything else is a conflict. No side is ever picked.
 * The method is diff3 (Khanna, Kunal, Pierce 2007) by `node-diff3`.
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
