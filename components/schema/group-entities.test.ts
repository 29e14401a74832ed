import { expect, test } from "vitest";
import type { CodeEntity } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { groupEntities } from "./group-entities.ts";

function entity(change: Partial<CodeEntity>): CodeEntity {
  return {
    name: "Task",
    origin: "prisma",
    kind: "table",
    fields: [],
    path: "a.prisma" as FilePath,
    line: 1,
    ...change,
  };
}

const entities = [
  entity({ name: "TaskRead", kind: "response" }),
  entity({ name: "Fake", isExample: true }),
  entity({ name: "Task", tableName: "jobs" }),
  entity({ name: "TaskCreate", kind: "request", path: "api/task.py" as FilePath }),
];

const print = (filter: string) =>
  groupEntities({ entities, filter }).map(
    (group) => `${group.name}: ${group.entities.map(({ name }) => name).join(", ")}`,
  );

test("tables come first and examples last", () => {
  expect(print("")).toEqual([
    "Tables: Task",
    "Requests: TaskCreate",
    "Responses: TaskRead",
    "Tests and examples: Fake",
  ]);
});

test.each([
  ["jobs", ["Tables: Task"]],
  ["  API   create ", ["Requests: TaskCreate"]],
  ["nothing", []],
])("the filter %j", (filter, expected) => {
  expect(print(filter)).toEqual(expected);
});
