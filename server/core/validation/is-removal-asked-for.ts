/** Words for renaming and moving, which keep the thing. */
const change =
  /\b(?:renam(?:e[sd]?|ing)|merg(?:e|ing)|mov(?:e|ing)|extract|split|convert|migrat(?:e|ing)|consolidat(?:e|ing)|inline|swap|switch|unused|refactor|restructur(?:e|ing))\b/i;
const removal =
  /\b(?:remov(?:e[sd]?|ing)|delet(?:e[sd]?|ing)|drop(?:s|ped|ping)?|replac(?:e[sd]?|ing)|eliminat(?:e|ing)|discard|strip|get(?:ting)? rid|rid of|take out|cut|retire|deprecate|undo|revert|rewrite|instead of|no longer|without|don't need|do not need|shorten|trim|shrink|reduc(?:e|ing)|condens(?:e|ing)|prune|purge|clear(?:s|ed|ing)? (?:out )?(?:the|all)|wipe|erase|truncate|overwrite|regenerate|start over|from scratch)\b/i;

/** Words for a request about everything. */
const everything =
  /\b(?:remov\w*|delet\w*|drop|wipe|erase|rewrite|replace|clear)\b[^.!?\n]{0,40}\b(?:everything|all (?:of )?(?:the |its |your )?(?:code|files|project)|(?:whole|entire) (?:project|code ?base|repo(?:sitory)?))\b|\bstart(?:ing)? (?:over|again|from scratch)\b/i;

const sentenceEnd = /[.!?;]\s+|\n+/;

/** A request to remove unused code without naming it. */
const useless =
  /\b(?:unused|dead|old|obsolete|deprecated|legacy|leftover|redundant|unreachable|unnecessary) (?:\w+ )?(?:code|functions?|methods?|class(?:es)?|files?|exports?|const(?:ant)?s?|helpers?|types?|modules?|things?|stuff)\b/i;
const tidying = /\bclean(?:s|ed|ing)?[ -]?up\b|\bcleanup\b|\btid(?:y|ied|ies)\b/i;

/** True if the prompt requests the removal of unused code in general. */
export function isTidyingAskedFor(prompt: string): boolean {
  return prompt
    .split(sentenceEnd)
    .some((sentence) => useless.test(sentence) && (removal.test(sentence) || tidying.test(sentence)));
}

/** `Prune the dependencies` requests the removal of unnamed packages. */
export function isPruningAskedFor(prompt: string): boolean {
  return prompt
    .replace(negated, " ")
    .split(sentenceEnd)
    .some(
      (sentence) =>
        /\b(?:dependenc(?:y|ies)|deps|packages)\b/i.test(sentence) &&
        (removal.test(sentence) || tidying.test(sentence)),
    );
}

/** `Clean up docs` covers everything in that folder. */
export function isFolderTidyingAskedFor({ prompt, path }: { prompt: string; path: string }): boolean {
  const patterns = path
    .split("/")
    .slice(0, -1)
    .flatMap((folder) => (folder.length > 2 ? (toPattern(folder) ?? []) : []));
  return prompt
    .split(sentenceEnd)
    .some((sentence) => tidying.test(sentence) && patterns.some((pattern) => pattern.test(sentence)));
}

/** `Cleanup the sidebar` requests that files be tidied whose name starts with `sidebar`. */
export function isFileTidyingAskedFor({ prompt, path }: { prompt: string; path: string }): boolean {
  const stem = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return prompt
    .split(sentenceEnd)
    .some(
      (sentence) =>
        tidying.test(sentence) &&
        (sentence.match(/\p{L}{5,}/gu) ?? []).some((word) => stem.startsWith(word.toLowerCase())),
    );
}

/**
 * True if a sentence of the prompt both requests a removal, a rename or the like, and names the thing: as in code, or
 * in words (`due date` for `due_date`). One of the two alone does not count, nor does a "delete" inside the name
 * itself.
 */
export function isRemovalAskedFor({
  prompt,
  names,
  holders = [],
}: {
  prompt: string;
  names: readonly string[];
  /** The container of the thing: removing it removes the thing, renaming it does not. */
  holders?: readonly string[];
}): boolean {
  return (
    isAskedFor({ prompt, names, verbs: [removal, change] }) ||
    isAskedFor({ prompt: cutPlaces({ prompt, holders }), names: holders, verbs: [removal] })
  );
}

const wholly = /\b(?:most|all|everything|nearly|half|bulk)\b/i;

/** `remove the cache in app.py` and `app.py: remove the cache` name the file as a place, not as the thing. */
function cutPlaces({ prompt, holders }: { prompt: string; holders: readonly string[] }): string {
  if (wholly.test(prompt)) return prompt;
  return holders.reduce((text, holder) => {
    const pattern = toPattern(holder);
    return pattern === null
      ? text
      : text
          .replace(
            new RegExp(`\\b(?:in|from|within|inside|at|to|for|of|on)\\s+(?:the\\s+)?[\x60'"]?${pattern.source}`, "giu"),
            " ",
          )
          .replace(new RegExp(`^\\W*${pattern.source}\\W*:`, "giu"), " ");
  }, prompt);
}

/** `don't remove` and `instead of removing` are not requests. */
const negated =
  /\b(?:don't|do not|never|not|without|stop|avoid|instead of) (?:remov|delet|dropp?|strip|replac|rewrit|clear|empty)\w*/gi;

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
  const begun = names
    .map((name) => name.replace(/[?!]$/, ""))
    .filter((name) => /^\p{L}{5,}$/u.test(name) && !names.some((path) => isPlaceIn({ path, name })));
  return prompt
    .replace(negated, " ")
    .split(sentenceEnd)
    .some(
      (sentence) =>
        patterns.some(
          (pattern) => pattern.test(sentence) && verbs.some((verb) => verb.test(sentence.replace(pattern, " "))),
        ) ||
        (removal.test(sentence) && begun.some((name) => isNamedInFull({ sentence, name }))),
    );
}

/** `Remove ProductGrid` does not name what is in `app/product/page.tsx`. */
function isPlaceIn({ path, name }: { path: string; name: string }): boolean {
  const [last = "", ...folders] = path.split("/").toReversed();
  return folders.includes(name) || (last.includes(".") && last.startsWith(`${name}.`));
}

/**
 * `Remove CoffeeScript` requests the removal of `coffee`, also with one letter misspelled. Only capitalized words
 * count.
 */
function isNamedInFull({ sentence, name }: { sentence: string; name: string }): boolean {
  const start = name.toLowerCase();
  const [, ...words] = sentence.split(/[^\p{L}\d]+/u).filter((word) => word !== "");
  return words.some((word) => {
    if (!/^\p{Lu}/u.test(word) || word.length < start.length + minLongerName) return false;
    const begin = word.toLowerCase().slice(0, start.length);
    const mistaken = [...begin].filter((letter, index) => letter !== start[index]).length;
    return mistaken === 0 || (mistaken === 1 && start.length > 5 && begin.slice(0, 4) === start.slice(0, 4));
  });
}

/** With a shorter ending, a word is another form of the same word and not a longer name. */
const minLongerName = 4;

/** `Remove deprecated methods` requests the removal of code that is marked as deprecated. */
export function isRemovalOfDeprecatedAskedFor(prompt: string): boolean {
  return prompt
    .replace(negated, " ")
    .split(sentenceEnd)
    .some((sentence) => /\bdeprecat(?:ed|ions?)\b/i.test(sentence) && removal.test(sentence));
}

/** The version numbers, such as `3.7`, in sentences that request a removal. */
export function listDroppedVersions(prompt: string): string[] {
  return prompt
    .split(sentenceEnd)
    .flatMap((sentence) => (removal.test(sentence) ? (sentence.match(/\b\d+\.\d+(?:\.\d+)?\b/g) ?? []) : []));
}

/** True if a sentence requests a removal and contains all words of a multi-word name, in any order. */
export function isRemovalAskedForInWords({ prompt, names }: { prompt: string; names: readonly string[] }): boolean {
  return names.some((name) => {
    const words = name
      .split("_")
      .flatMap((part) => part.split(/[^\p{L}\d]+/u))
      .filter((word) => word.length > 2);
    return (
      words.length > 1 &&
      prompt
        .replace(negated, " ")
        .split(sentenceEnd)
        .some((sentence) => removal.test(sentence) && words.every((word) => toPattern(word)?.test(sentence) === true))
    );
  });
}

/** Matches a name in any common spelling, singular or plural; null if it contains no word. */
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
