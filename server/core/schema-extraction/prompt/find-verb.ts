import { looseAdjectives, manyWords } from "./vocabulary.ts";

export type PromptVerb = {
  kind: "has" | "with" | "belongs-to" | "values" | "is";
  /** Indexes in the clause: the first word of the verb, and the first word after it. */
  start: number;
  end: number;
  /** The objects are shared, not owned: members book classes that others book too. */
  isShared: boolean;
  /** The role that a passive verb gives its agent: `written by` makes an author. */
  role: string | null;
};

const auxiliaries = /^(?:should|must|can|may|will|also|would|could|might|only|always|typically|usually|optionally|to)$/;
const hasVerbs =
  /^(?:have|has|having|contain|contains|containing|include|includes|including|comprise|comprises|own|owns)$/;
const belongWords = /^(?:belong|belongs|belonging)$/;
const rolesByParticiple: Readonly<Record<string, string>> = {
  assigned: "assignee",
  written: "author",
  authored: "author",
  owned: "owner",
  created: "creator",
  made: "creator",
  reviewed: "reviewer",
  reported: "reporter",
  organized: "organizer",
};
const linkParticiples: ReadonlySet<string> = new Set(
  (
    "associated attached booked borrowed connected filed grouped hosted issued led linked managed ordered part placed posted published " +
    "related sent submitted taught tied uploaded"
  ).split(" "),
);
const linkPrepositions = /^(?:of|to|with|by|under|in)$/;
const sharingVerbs =
  /^(?:attends?|books?|enrolls?|enrols?|follows?|joins?|likes?|participates?|registers?|shares?|subscribes?|takes?|uses?)$/;
const isWords = /^(?:is|are|be|being)$/;

/** The first verb of a clause that makes a statement about data, or null. `words` are in lower case. */
export function findVerb(words: readonly string[]): PromptVerb | null {
  for (let start = 0; start < words.length; start += 1) {
    const verb = readVerbAt({ words, start });
    if (verb !== null) return verb;
  }
  return null;
}

function readVerbAt({ words, start }: { words: readonly string[]; start: number }): PromptVerb | null {
  let at = start;
  while (auxiliaries.test(words[at] ?? "") && words[at] !== "to") at += 1;
  const word = words[at] ?? "";
  const next = words[at + 1] ?? "";
  if (hasVerbs.test(word)) return { kind: "has", start, end: at + 1, role: null, isShared: false };
  if ((word === "consist" || word === "consists" || word === "consisting") && next === "of")
    return { kind: "has", start, end: at + 2, role: null, isShared: false };
  if (word === "with") return { kind: "with", start, end: at + 1, role: null, isShared: false };
  if (belongWords.test(word))
    return { kind: "belongs-to", start, end: at + (next === "to" ? 2 : 1), role: null, isShared: false };
  if (/^(?:links?|connects?|joins?)$/.test(word) && looseAdjectives.has(next))
    return { kind: "belongs-to", start, end: at + 1, role: null, isShared: false };
  if ((word === "references" || word === "reference") && looseAdjectives.has(next))
    return { kind: "belongs-to", start, end: at + 1, role: null, isShared: false };
  // "enroll in many courses", "place several orders": with "many", any verb means that the subject has them.
  const counted = linkPrepositions.test(next) || next === "for" ? at + 2 : at + 1;
  const isVerb =
    /^[a-z]{3,}$/.test(word) &&
    !looseAdjectives.has(word) &&
    !manyWords.has(word) &&
    !/^(?:and|for|zero|list|number)$/.test(word);
  if (isVerb && manyWords.has(words[counted] ?? ""))
    return { kind: "has", start, end: counted, role: null, isShared: sharingVerbs.test(word) };
  if (isWords.test(word)) return readBe({ words, start, at });
  return readParticiple({ words, start, at, needsBe: true });
}

/** `is one of`, `can be`, `is assigned to`, `is a`. */
function readBe({ words, start, at }: { words: readonly string[]; start: number; at: number }): PromptVerb {
  const participle = readParticiple({ words, start, at: at + 1, needsBe: false });
  if (participle !== null) return participle;
  const next = words[at + 1] ?? "";
  const afterNext = words[at + 2] ?? "";
  if (next === "one" && afterNext === "of") return { kind: "values", start, end: at + 3, role: null, isShared: false };
  if (next === "either") return { kind: "values", start, end: at + 2, role: null, isShared: false };
  return { kind: at > start ? "values" : "is", start, end: at + 1, role: null, isShared: false };
}

function readParticiple({
  words,
  start,
  at,
  needsBe,
}: {
  words: readonly string[];
  start: number;
  at: number;
  needsBe: boolean;
}): PromptVerb | null {
  const word = words[at] ?? "";
  const preposition = words[at + 1] ?? "";
  if (!linkPrepositions.test(preposition)) return null;
  const role = rolesByParticiple[word] ?? null;
  if (role === null && !linkParticiples.has(word)) return null;
  // Without "is" an agent must follow: `created by` at the end of a list of fields is a field.
  const following = words[at + 2] ?? "";
  if (needsBe && !looseAdjectives.has(following) && !manyWords.has(following)) return null;
  const isAgent = preposition === "by" || word === "assigned";
  return { kind: "belongs-to", start, end: at + 2, role: isAgent ? role : null, isShared: false };
}
