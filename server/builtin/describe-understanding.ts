import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";

/** More names or parts would make the sentence unreadable; the run's record has them all. */
const maxNamed = 20;

/**
 * What was understood of a prompt, before any file is written: "Understood: 3 entities (Author, Book, Loan), 6 fields,
 * 3 relations. Not understood: …".
 */
export function describeUnderstanding({
  schema: { entities, relations },
  notUnderstood,
}: {
  schema: CodeSchema;
  notUnderstood: readonly string[];
}): string {
  const fields = entities.flatMap((entity) => entity.fields).filter(({ references }) => references === undefined);
  const names = entities.slice(0, maxNamed).map(({ name }) => name);
  const more = entities.length > maxNamed ? ` and ${entities.length - maxNamed} more` : "";
  // Each relation has two sides in the schema.
  const counts = [count(fields.length, "field"), count(relations.length / 2, "relation")];
  return `Understood: ${entities.length === 1 ? "1 entity" : `${entities.length} entities`} (${names.join(", ")}${more}), ${counts.join(", ")}. ${describeNotUnderstood(notUnderstood)}`;
}

/** "Not understood: "dark mode". "; empty if everything was understood. */
export function describeNotUnderstood(parts: readonly string[]): string {
  if (parts.length === 0) return "";
  const named = parts.slice(0, maxNamed).map((part) => `"${part}"`);
  const more = parts.length > maxNamed ? ` and ${parts.length - maxNamed} more` : "";
  return `Not understood: ${named.join(", ")}${more}. `;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
