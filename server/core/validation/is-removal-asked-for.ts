/** What goes on under another name or in another place. */
const change =
  /\b(?:renam(?:e[sd]?|ing)|merg(?:e|ing)|mov(?:e|ing)|extract|split|convert|migrat(?:e|ing)|consolidat(?:e|ing)|inline|swap|switch|refactor|restructur(?:e|ing))\b/i;
const removal =
  /\b(?:remov(?:e[sd]?|ing)|delet(?:e[sd]?|ing)|drop(?:s|ped|ping)?|replac(?:e[sd]?|ing)|eliminat(?:e|ing)|discard|strip|get(?:ting)? rid|rid of|take out|cut|retire|deprecate|undo|revert|rewrite|instead of|no longer|without|don't need|do not need|simplif(?:y|ies|ied|ying)|shorten|trim|shrink|reduc(?:e|ing)|condens(?:e|ing)|clean(?:s|ed|ing)? ?up|tidy|prune|purge|clear(?:s|ed|ing)? (?:out )?(?:the|all)|wipe|erase|empty|truncate|overwrite|regenerate|start over|from scratch)\b/i;

/** A request that names all there is. */
const everything =
  /\b(?:remov\w*|delet\w*|drop|wipe|erase|rewrite|replace|clear)\b[^.!?\n]{0,40}\b(?:everything|all (?:of )?(?:the |its |your )?(?:code|files|project)|(?:whole|entire) (?:project|code ?base|repo(?:sitory)?))\b|\bstart(?:ing)? (?:over|again|from scratch)\b/i;

/**
 * True where a sentence of the prompt both asks for a removal, a renaming or the like, and names the thing: as the code
 * spells it, or in words (`due date` for `due_date`). Half an agreement is none: "delete" inside the name itself does
 * not count.
 */
export function isRemovalAskedFor({
  prompt,
  names,
  holders = [],
}: {
  prompt: string;
  names: readonly string[];
  /** What holds the thing: its removal takes the thing along, its renaming does not. */
  holders?: readonly string[];
}): boolean {
  return (
    isAskedFor({ prompt, names, verbs: [removal, change] }) || isAskedFor({ prompt, names: holders, verbs: [removal] })
  );
}

function isAskedFor({
  prompt,
  names,
  verbs,
}: {
  prompt: string;
  names: readonly string[];
  verbs: readonly RegExp[];
}): boolean {
  const patterns = names.flatMap((name) => toPattern(name) ?? []);
  if (patterns.length > 0 && everything.test(prompt)) return true;
  return prompt
    .split(/[.!?;]\s+|\n+/)
    .some((sentence) =>
      patterns.some(
        (pattern) => pattern.test(sentence) && verbs.some((verb) => verb.test(sentence.replace(pattern, " "))),
      ),
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
