import { hashWord } from "./hash-word.ts";
import { splitWords } from "./split-words.ts";

export type Query = {
  /** Hashes of the prompt's words, without duplicates. */
  words: number[];
  wordSet: ReadonlySet<number>;
  /** Hashes of identifiers that the prompt writes as code: with an inner capital, an underscore, or in backticks. */
  identifiers: number[];
};

/** What ranking searches for in files. */
export function readQuery(prompt: string): Query {
  const words = [...new Set(splitWords(prompt).map(hashWord))];
  const identifiers = [...prompt.matchAll(/`([^`\n]{2,80})`|\b(\w*[a-z]\w*[A-Z]\w*|\w+_\w+)\b/g)].flatMap((match) =>
    ((match[1] ?? match[2] ?? "").match(/[A-Za-z_$][\w$]+/g) ?? []).map(hashWord),
  );
  return { words, wordSet: new Set(words), identifiers: [...new Set(identifiers)] };
}
