import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { SchemaChange } from "#lib/contracts/comparisons/schema-diff.ts";
import { describeSchemaDiff } from "./describe-schema-diff.ts";

function change(name: string, what: SchemaChange["change"], more: Partial<SchemaChange> = {}): SchemaChange {
  return { change: what, name, isDestructive: what === "removed", path: "models.py" as FilePath, line: 1, ...more };
}

test("destructive changes come first, and fields of an added or removed table are part of its line", () => {
  const lines = describeSchemaDiff({
    entities: [change("Refund", "added"), change("Note", "renamed", { previousName: "Item" })],
    fields: [
      change("Refund.total", "added"),
      change("Note.title", "changed", { detail: "String(200) → String(80)", isDestructive: true }),
    ],
    relations: [change("Note.owner", "removed", { isDestructive: false })],
    routes: [change("GET /notes", "added")],
  });
  expect(lines.map(({ text }) => text)).toEqual([
    "~ Note.title: changed, String(200) → String(80)",
    "+ Refund: new",
    "~ Note: was Item",
    "− Note.owner: relation, gone",
    "+ GET /notes: route, new",
  ]);
});
