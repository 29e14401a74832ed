import { singularizeNoun } from "../inflect-noun.ts";
import { isMisspelling } from "./is-misspelling.ts";
import { toPascalCase } from "./name-case.ts";
import type { PromptStatement } from "./prompt-statement.ts";
import { usualEntityNames } from "./usual-choices.ts";

/**
 * Takes an entity whose name is a usual one, or one that the prompt spells twice otherwise, with a slip of the keyboard
 * for that one: `Usres have a name` speaks of the users.
 */
export function correctMisspellings(statements: readonly PromptStatement[]): PromptStatement[] {
  const counts = new Map<string, number>();
  for (const statement of statements)
    for (const name of "target" in statement ? [statement.entity, statement.target] : [statement.entity])
      counts.set(name, (counts.get(name) ?? 0) + 1);
  const corrections = new Map<string, string>();
  for (const name of counts.keys()) {
    if (usualEntityNames.has(name)) continue;
    const meant = [...usualEntityNames, ...counts.keys()].find(
      (other) => (usualEntityNames.has(other) || isMoreCommon({ other, name, counts })) && isSlip({ name, of: other }),
    );
    if (meant !== undefined) corrections.set(name, meant);
  }
  if (corrections.size === 0) return [...statements];
  const correct = (name: string) => corrections.get(name) ?? name;
  return statements.map((statement) =>
    "target" in statement
      ? { ...statement, entity: correct(statement.entity), target: correct(statement.target) }
      : { ...statement, entity: correct(statement.entity) },
  );
}

function isMoreCommon({
  other,
  name,
  counts,
}: {
  other: string;
  name: string;
  counts: ReadonlyMap<string, number>;
}): boolean {
  return (counts.get(other) ?? 0) > (counts.get(name) ?? 0);
}

/** Compared as singular and as plural: the slip may be in the ending. */
function isSlip({ name, of }: { name: string; of: string }): boolean {
  const plural = `${of}s`.toLowerCase();
  const word = name.toLowerCase();
  return (
    isMisspelling({ word, of: of.toLowerCase() }) ||
    isMisspelling({ word: `${word}s`, of: plural }) ||
    toPascalCase(singularizeNoun(word)) === of
  );
}
