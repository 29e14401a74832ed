import { isPluralNoun, singularizeNoun } from "../inflect-noun.ts";
import { isArticle, lowerWords } from "./clause-words.ts";
import { toPascalCase } from "./name-case.ts";
import type { PromptToken } from "./split-prompt.ts";
import { looseAdjectives, manyWords } from "./vocabulary.ts";

/** `Members borrow books as loans`: the actor, the objects, and the name of one act. */
type Association = {
  /** Null if the clause continues one about the same entity: `members have a name and borrow books`. */
  subject: string | null;
  /** The objects of the act, in the order of mention. */
  objects: string[];
  /** The entity of the act itself: Loan, Rental, Appointment. Null if the prompt names none. */
  act: string | null;
  /** Whether the subject makes the objects, so that each belongs to one subject. */
  isOwning: boolean;
  /** The rest: `with a due date`. */
  rest: PromptToken[];
};

/** Verbs of repeatable acts that several actors may do: many-to-many. */
const sharingVerb =
  /^(?:adopt|attend|book|borrow|buy|download|enroll?|favou?rite|follow|hire|join|lease|like|loan|order|participate|play|purchase|rate|read|register|rent|request|reserve|review|ride|share|sign|stream|subscribe|take|use|visit|volunteer|vote|watch|apply|bid|donate)(?:s|es|ies)?$/;
/** Verbs of making: the object belongs to one maker. */
const owningVerb =
  /^(?:create|file|leave|make|open|organi[sz]e|own|place|post|publish|schedule|submit|upload|write)s?$/;
const thirdPersons: Readonly<Record<string, string>> = { applies: "apply", buys: "buy", plays: "play" };
const auxiliary = /^(?:can|may|could|will|should|must|also|often|regularly|then)$/;
const objectPreposition = /^(?:for|to|in|from|with|at|on|of|up)$/;
const actWord = /^(?:as|through|via|by|using)$/;
const fieldsWord = /^(?:with|having|that|which|and|where)$/;

/** Nouns of acts: what is booked or placed is then the act itself and not a separate entity. */
const actNoun =
  /^(?:appointment|booking|reservation|order|loan|rental|meeting|session|ride|purchase|registration|enroll?ment|subscription|application|request|ticket|review|bid|donation|vote|visit)$/;

const maxNounWords = 2;

/**
 * Reads a clause in which one plural noun acts on another; null for every other clause, and for one with a name that is
 * not certain.
 */
export function readAssociation({
  tokens,
  hasSubject,
}: {
  tokens: readonly PromptToken[];
  /** Whether an entity is the current subject, which a clause without a subject continues. */
  hasSubject: boolean;
}): Association | null {
  const words = lowerWords(tokens);
  const verbAt = findVerbAt(words);
  if (verbAt === -1 || verbAt > maxNounWords + 2) return null;
  const subjectWords = words.slice(0, verbAt).filter((word) => !auxiliary.test(word));
  const subject = subjectWords.length === 0 ? null : readNoun({ words: subjectWords });
  if (subjectWords.length > 0 ? subject === null || !agrees({ subjectWords, verb: words[verbAt] ?? "" }) : !hasSubject)
    return null;
  const parts = splitObjects(words.slice(verbAt + 1));
  if (parts === null) return null;
  const objects = parts.objects.map((object) => readNoun({ words: object }));
  const isComplete = objects.length > 0 && objects.every((object) => object !== null);
  const isPlural = parts.objects.every((object) => isPluralNoun(object.at(-1) ?? "") || isArticle(object[0]));
  if (!isComplete || !isPlural) return null;
  const rest = tokens.slice(verbAt + 1 + parts.length);
  const isOwning = owningVerb.test(words[verbAt] ?? "");
  const named = parts.act === null ? null : readNoun({ words: parts.act });
  if (parts.act !== null && named === null) return null;
  const [first = "", ...others] = objects as string[];
  if (named !== null) return { subject, objects: [first, ...others], act: named, isOwning, rest };
  if (actNoun.test(singularizeNoun(parts.objects[0]?.at(-1) ?? "")) && (others.length > 0 || !isOwning))
    return { subject, objects: others, act: first, isOwning, rest };
  return others.length > 0 ? null : { subject, objects: [first], act: null, isOwning, rest };
}

/** A listed verb, or any word after a plural noun if the act is named: `families adopt dogs as adoptions`. */
function findVerbAt(words: readonly string[]): number {
  const listed = words.findIndex((word) => isActVerb(word));
  if (listed !== -1 || !words.some((word) => actWord.test(word))) return listed;
  const subjectAt = words.findIndex((word) => isPluralNoun(word));
  return subjectAt !== -1 && subjectAt < maxNounWords && /^[a-z]+$/.test(words[subjectAt + 1] ?? "")
    ? subjectAt + 1
    : -1;
}

/** Whether a word is an action verb between entities; some of them are nouns as well. */
export function isActVerb(word: string): boolean {
  return sharingVerb.test(thirdPersons[word] ?? word) || owningVerb.test(word);
}

/** "Members borrow", "a member borrows", but not "loan books". */
function agrees({ subjectWords, verb }: { subjectWords: readonly string[]; verb: string }): boolean {
  const isPlural =
    isPluralNoun(subjectWords.at(-1) ?? "") || /^(?:staff|people|children)$/.test(subjectWords.at(-1) ?? "");
  return isPlural ? !/[^s]s$/.test(verb) : verb.endsWith("s") && subjectWords.length > 1;
}

/** `books as loans`, `appointments with doctors`, `lunches for children as lunch orders with a date`. */
function splitObjects(words: readonly string[]): { objects: string[][]; act: string[] | null; length: number } | null {
  const objects: string[][] = [];
  let current: string[] = [];
  let act: string[] | null = null;
  let index = 0;
  if (objectPreposition.test(words[0] ?? "")) index = words[0] === "up" ? 2 : 1;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "") break;
    const next = words[index + 1] ?? "";
    if (act === null && actWord.test(word)) {
      objects.push(current);
      current = [];
      act = current;
    } else if (fieldsWord.test(word) && (act !== null || isArticle(next) || next === "" || word !== "with")) {
      break;
    } else if (act === null && objectPreposition.test(word)) {
      objects.push(current);
      current = [];
    } else {
      current.push(word);
    }
  }
  if (act === null) objects.push(current);
  return objects.some((object) => object.length === 0) || act?.length === 0 ? null : { objects, act, length: index };
}

/** The entity that one or two words name; null if they are not a plain noun. */
function readNoun({ words }: { words: readonly string[] }): string | null {
  let start = 0;
  while (
    /^(?:lets?|allows?|where|for)$/.test(words[start] ?? "") ||
    isArticle(words[start]) ||
    looseAdjectives.has(words[start] ?? "") ||
    manyWords.has(words[start] ?? "")
  )
    start += 1;
  const named = words.slice(start);
  if (named.length === 0 || named.length > maxNounWords || named.some((word) => !/^\p{L}[\p{L}-]+$/u.test(word)))
    return null;
  return toPascalCase(singularizeNoun(named.join(" "))) || null;
}
