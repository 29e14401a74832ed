const removal =
  /\b(?:remov(?:e[sd]?|ing)|delet(?:e[sd]?|ing)|drop(?:s|ped|ping)?|renam(?:e[sd]?|ing)|replac(?:e[sd]?|ing)|eliminat(?:e|ing)|discard|strip|swap|switch|get(?:ting)? rid|rid of|take out|cut|retire|deprecate|merg(?:e|ing)|mov(?:e|ing)|extract|split|convert|migrat(?:e|ing)|consolidat(?:e|ing)|inline|undo|revert|rewrite|instead of|no longer|without|don't need|do not need)\b/i;

/**
 * True where a sentence of the prompt both asks for a removal, a renaming or the like, and names the thing: as the code
 * spells it, or in words (`due date` for `due_date`). Half an agreement is none: "delete" inside the name itself does
 * not count.
 */
export function isRemovalAskedFor({ prompt, names }: { prompt: string; names: readonly string[] }): boolean {
  const patterns = names.flatMap((name) => toPattern(name) ?? []);
  return prompt
    .split(/[.!?;]\s+|\n+/)
    .some((sentence) =>
      patterns.some((pattern) => pattern.test(sentence) && removal.test(sentence.replace(pattern, " "))),
    );
}

/** Matches a name in any common spelling, in the singular or the plural; null where it has no word. */
function toPattern(name: string): RegExp | null {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "");
  const last = words.pop();
  if (last === undefined) return null;
  const stem = last.length > 3 ? last.replace(/(?:ies|y|es|s)$/, "") : last;
  return new RegExp(`(?<![\\p{L}\\d])${[...words, stem].join("[^\\p{L}\\d]*")}(?:ies|y|es|s)?(?![\\p{L}\\d])`, "iu");
}
