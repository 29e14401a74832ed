import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { buildSubstitution, compareNames, splitWords, type Substitution } from "../validation/loss/substitution.ts";

const maxCompared = 250;
const maxSubstitutions = 24;

/** Words that replace others throughout the change, or that the prompt names both: `item` by `note`. */
export function findSubstitutions({
  before,
  after,
  prompt,
}: {
  before: CodeSchema;
  after: CodeSchema;
  prompt: string;
}): Substitution[] {
  const [old, next] = [listNames(before), listNames(after)];
  const counts = new Map<string, { from: string[]; to: string[]; count: number }>();
  for (const [group, names] of old)
    for (const from of [...names].filter((name) => next.get(group)?.has(name) !== true).slice(0, maxCompared))
      for (const to of [...(next.get(group) ?? [])].filter((name) => !names.has(name)).slice(0, maxCompared)) {
        const difference = compareNames({ from, to });
        if (difference === null) continue;
        const key = `${difference.from.join(" ")}>${difference.to.join(" ")}`;
        counts.set(key, { ...difference, count: (counts.get(key)?.count ?? 0) + 1 });
      }
  const said = ` ${splitWords(prompt).join(" ")} `;
  return [...counts.values()]
    .filter(({ from, to, count }) => count >= 3 || [from, to].every((words) => isSaid({ words, said })))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, maxSubstitutions)
    .map(buildSubstitution);
}

function isSaid({ words, said }: { words: readonly string[]; said: string }): boolean {
  const phrase = words.join(" ");
  return [phrase, `${phrase}s`, `${phrase}es`, phrase.replace(/y$/, "ies")].some((each) => said.includes(` ${each} `));
}

function listNames({ entities, routes }: CodeSchema): Map<string, Set<string>> {
  return new Map([
    ["entity", new Set(entities.map(({ name }) => name))],
    ["field", new Set(entities.flatMap(({ name, fields }) => fields.map((field) => `${name} ${field.name}`)))],
    ["route", new Set(routes.map(({ handler }) => handler))],
  ]);
}
