import type { CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import { applyConstraint } from "../apply-constraint.ts";
import type { TableStepFact } from "../extract-file-facts.ts";

/** The columns and keys of a table while its migrations are applied. A mutable copy. */
export type ChangingTable = { fields: CodeField[]; keys: CodeKey[] };

/** A change of the columns or keys of one table. */
type ColumnStep = Exclude<TableStepFact["step"], { kind: "create" | "drop" | "rename" }>;

/**
 * Applies one step. Existing columns and keys are not added again: some projects keep a file with the final state
 * beside the migrations that lead to it.
 */
export function changeTable({ table, step }: { table: ChangingTable; step: ColumnStep }): void {
  const has = (column: string) => table.fields.some(({ name }) => name === column);
  switch (step.kind) {
    case "add":
      if (!has(step.field.name)) table.fields.push({ ...step.field });
      break;
    case "remove":
      table.fields = table.fields.filter(({ name }) => name !== step.column);
      table.keys = table.keys.filter(({ fields }) => !fields.includes(step.column));
      break;
    case "change": {
      const { name: to = step.column } = step.change;
      if (to !== step.column && has(to)) table.fields = table.fields.filter(({ name }) => name !== step.column);
      table.fields = table.fields.map((field) => (field.name === step.column ? { ...field, ...step.change } : field));
      table.keys = table.keys.map((key) => ({
        ...key,
        fields: key.fields.map((name) => (name === step.column ? to : name)),
      }));
      break;
    }
    case "constrain": {
      const { kind, fields } = step.constraint;
      applyConstraint({ ...table, constraint: step.constraint });
      if (kind === "primary" && fields.length > 1 && !table.keys.some((key) => key.kind === "primary"))
        table.keys.unshift({ kind, fields });
      break;
    }
  }
}

/** Updates the foreign keys of existing tables after a rename. `from` is normalized. */
export function followRename({ fields, from, to }: { fields: readonly CodeField[]; from: string; to: string }): void {
  for (const field of fields) {
    const [, table = "", column = ""] = /^(.*)\.([^.]*)$/.exec(field.references ?? "") ?? [];
    if (table !== "" && normalizeTable(table) === from) field.references = `${to}.${column}`;
  }
}

/** `public.users` and `Users` are users. */
export function normalizeTable(table: string): string {
  return table.slice(table.lastIndexOf(".") + 1).toLowerCase();
}
