import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { CodeEntity, EntityOrigin } from "#lib/contracts/versions/code-schema.ts";
import { suggestEdits } from "./suggest-edits.ts";

function entity(name: string, origin: EntityOrigin, tableName?: string): CodeEntity {
  const place = { path: "models.py" as FilePath, line: 1 };
  return { ...place, name, origin, kind: "table", fields: [], ...(tableName === undefined ? {} : { tableName }) };
}

test("prompts name two tables that the generator can edit, or the only one twice", () => {
  const user = entity("User", "sqlalchemy", "users");
  expect(suggestEdits([entity("UserRead", "pydantic"), user, entity("Task", "prisma")])).toEqual([
    "Add a notes field to users",
    "Add a priority field to task",
  ]);
  expect(suggestEdits([user, user])).toEqual(["Add a notes field to users", "Add a priority field to users"]);
  expect(suggestEdits([entity("Task", "django")])).toEqual([]);
});
