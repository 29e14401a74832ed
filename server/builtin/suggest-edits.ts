import type { CodeEntity } from "#lib/contracts/versions/code-schema.ts";

/** Two prompts for a project that the built-in generator can carry out; none if it edits no entity of the project. */
export function suggestEdits(entities: readonly CodeEntity[]): string[] {
  const tables = new Set(
    entities
      .filter(({ origin }) => origin === "sqlalchemy" || origin === "prisma")
      .map(({ name, tableName }) => tableName ?? name.toLowerCase()),
  );
  const [first, second = first] = tables;
  return first === undefined ? [] : [`Add a notes field to ${first}`, `Add a priority field to ${second}`];
}
