import { afterAll, beforeAll, expect, test } from "vitest";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";

const path = "schema.prisma" as FilePath;
const before = "model Task {\n  id Int @id\n  title String\n  due DateTime?\n}\n";

let server: TestServer;
let v1: GenerationId;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
  ({ generationId: v1 } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Tasks",
    archive: await buildArchive({ [path]: before }),
  }));
});
afterAll(() => server.close());

test("a version is compared with its parent, with another version, and the first with nothing", async () => {
  const { schemaDiff, edit } = server.api.generation;
  expect(await schemaDiff({ generationId: v1 })).toEqual({
    entities: [{ change: "added", isDestructive: false, name: "Task", path, line: 1 }],
    fields: [],
    relations: [],
    routes: [],
  });
  const content = before.replace("  title String\n", "").replace("DateTime?", "DateTime");
  const { generationId: v2 } = await edit({
    parentGenerationId: v1,
    changeSet: { operations: [{ type: "write", path, content }] },
  });
  const expected = [
    { change: "removed", isDestructive: true, name: "Task.title", path, line: 3 },
    {
      change: "changed",
      isDestructive: true,
      name: "Task.due",
      detail: "DateTime? → DateTime; nullable → required",
      path,
      line: 3,
    },
  ];
  expect((await schemaDiff({ generationId: v2 })).fields).toEqual(expected);
  expect((await schemaDiff({ generationId: v2, againstGenerationId: v1 })).fields).toEqual(expected);
  expect((await schemaDiff({ generationId: v2, againstGenerationId: v2 })).fields).toEqual([]);
  expect((await schemaDiff({ generationId: v1, againstGenerationId: v2 })).fields.map(({ change }) => change)).toEqual([
    "added",
    "changed",
  ]);
});

test("a brief carries the tables that differ, and of the others only those related to one", async () => {
  const { schemaBrief, edit } = server.api.generation;
  const others = Array.from({ length: 30 }, (_, at) => `model Other${at} {\n  id Int @id\n}\n`).join("");
  const project = `model User {\n  id Int @id\n  name String\n  tasks Task[]\n}\n${others}`;
  const task = (fields: string) =>
    `model Task {\n  id Int @id\n${fields}  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n`;
  const write = (content: string) => ({ operations: [{ type: "write" as const, path, content }] });
  const { generationId: v2 } = await edit({ parentGenerationId: v1, changeSet: write(project + task("")) });
  const { generationId: v3 } = await edit({
    parentGenerationId: v2,
    changeSet: write(project + task("  due DateTime\n")),
  });
  const { diff, before, after } = await schemaBrief({ generationId: v3 });
  expect(diff.fields.map(({ change, name }) => `${change} ${name}`)).toEqual(["added Task.due"]);
  const list = ({ entities }: typeof after) => entities.map(({ name, fields }) => [name, fields.length]);
  expect(list(after)).toEqual([
    ["User", 0],
    ["Task", 3],
  ]);
  expect(list(before)).toEqual([
    ["User", 0],
    ["Task", 2],
  ]);
});

test("prompts to try are suggested for tables that the built-in generator edits", async () => {
  expect(await server.api.generation.suggestedPrompts({ generationId: v1 })).toEqual([
    "Add a notes field to task",
    "Add a priority field to task",
  ]);
});
