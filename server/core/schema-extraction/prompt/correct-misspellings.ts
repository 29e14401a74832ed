import { singularizeNoun } from "../inflect-noun.ts";
import { isMisspelling } from "./is-misspelling.ts";
import { toPascalCase } from "./name-case.ts";
import type { PromptStatement } from "./prompt-statement.ts";
import { usualEntityNames } from "./build/usual-choices.ts";

/**
 * Corrects an entity name that is a frequent one with a typing error: `Usres have a name` is about users. Only frequent
 * names are corrected: `trial` may be intended beside a `trail`.
 */
export function correctMisspellings(statements: readonly PromptStatement[]): PromptStatement[] {
  const corrections = new Map<string, string>();
  const correct = (name: string): string => {
    const known = corrections.get(name) ?? findMeant(name);
    corrections.set(name, known);
    return known;
  };
  return statements.map((statement) =>
    "target" in statement
      ? { ...statement, entity: correct(statement.entity), target: correct(statement.target) }
      : { ...statement, entity: correct(statement.entity) },
  );
}

function findMeant(name: string): string {
  if (usualEntityNames.has(name)) return name;
  return [...usualEntityNames].find((of) => isSlip({ name, of })) ?? name;
}

/** Compares singular and plural, because the error may be in the ending. */
function isSlip({ name, of }: { name: string; of: string }): boolean {
  const word = name.toLowerCase();
  const meant = of.toLowerCase();
  return (
    isMisspelling({ word, of: meant }) ||
    isMisspelling({ word: `${word}s`, of: `${meant}s` }) ||
    toPascalCase(singularizeNoun(word)) === of
  );
}
