import { afterAll, beforeAll, expect, test } from "vitest";
import type { ModelId, ProjectId } from "#lib/contracts/ids.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
  const archive = await buildArchive({ "a.txt": "a\n" });
  const make = async (name: string) =>
    (await importArchive({ container: server.container, ownerId: testOwnerId, name, archive })).projectId;
  const guests = await make("Guest_book");
  await make("Guestxbook");
  await server.api.project.archive({ projectId: await make("Old guest_book") });
  const run = {
    ownerId: testOwnerId,
    projectId: guests,
    mode: "classic" as const,
    modelId: "builtin:scaffold" as ModelId,
    prompt: "Add a field for the weather",
    scopeInclude: [],
  };
  await server.container.database.prisma.run.createMany({
    data: [{ ...run, usage: { costUsd: 0.25 } }, { ...run, usage: { costUsd: 0.5 } }, { ...run, usage: {} }, run].map(
      (each) => ({ ...each, status: "SUCCEEDED" as const }),
    ),
  });
});
afterAll(() => server.close());

test.each([
  ["", false, ["Guestxbook", "Guest_book"]],
  ["guest_", false, ["Guest_book"]],
  ["WEATHER guest", false, ["Guest_book"]],
  ["weather xbook", false, []],
  ["guest_", true, ["Old guest_book"]],
] as const)("the query %j with isArchived %j finds %j", async (query, isArchived, names) => {
  expect((await server.api.project.list({ query, isArchived })).items.map(({ name }) => name)).toEqual(names);
});

test("a project costs the sum of its runs' known costs", async () => {
  const { items } = await server.api.project.list();
  expect(items.map(({ costUsd }) => costUsd)).toEqual([null, 0.75]);
});

test("opening a project makes it the first of those last opened, and no other order changes", async () => {
  const list = async (order?: "opened") =>
    (await server.api.project.list(order === undefined ? {} : { order })).items.map(({ name }) => name);
  expect(await list("opened")).toEqual(["Guestxbook", "Guest_book"]);
  const [, first] = (await server.api.project.list()).items;
  await server.api.project.open({ projectId: first?.projectId as ProjectId });
  expect(await list("opened")).toEqual(["Guest_book", "Guestxbook"]);
  expect(await list()).toEqual(["Guestxbook", "Guest_book"]);
  await expect(server.api.project.open({ projectId: "nothing" as ProjectId })).rejects.toMatchObject({
    cause: { code: "PROJECT_NOT_FOUND" },
  });
});

test("pinned projects come before those last opened, the first pinned first; pinning is no change", async () => {
  const list = async (order?: "opened") =>
    (await server.api.project.list(order === undefined ? {} : { order })).items.map(({ name, isPinned }) =>
      isPinned ? `${name}, pinned` : name,
    );
  const changed = await list();
  const { items } = await server.api.project.list({ order: "opened" });
  const [first, second] = items.map(({ projectId }) => projectId) as [ProjectId, ProjectId];
  const names = items.map(({ name }) => name) as [string, string];
  await server.api.project.pin({ projectId: second, isPinned: true });
  expect(await list("opened")).toEqual([`${names[1]}, pinned`, names[0]]);
  await server.api.project.pin({ projectId: first, isPinned: true });
  expect(await list("opened")).toEqual([`${names[1]}, pinned`, `${names[0]}, pinned`]);
  for (const projectId of [first, second]) await server.api.project.pin({ projectId, isPinned: false });
  expect(await list("opened")).toEqual(names);
  expect(await list()).toEqual(changed);
  await expect(server.api.project.pin({ projectId: "nothing" as ProjectId, isPinned: true })).rejects.toMatchObject({
    cause: { code: "PROJECT_NOT_FOUND" },
  });
});

test("locked paths that another tab changed during an edit are kept, and the error names them", async () => {
  const { api } = server;
  const [project] = (await api.project.list()).items;
  const projectId = project?.projectId as ProjectId;
  await api.project.setLockedPaths({ projectId, lockedPaths: ["a.ts"], expected: [] });
  const late = api.project.setLockedPaths({ projectId, lockedPaths: ["b.ts"], expected: [] });
  await expect(late).rejects.toMatchObject({
    cause: { code: "SETTING_CHANGED", message: expect.stringContaining("are now: a.ts. Nothing was saved.") as string },
  });
  expect((await api.project.get({ projectId })).lockedPaths).toEqual(["a.ts"]);
  await api.project.setLockedPaths({ projectId, lockedPaths: ["b.ts"], expected: ["a.ts"] });
  expect((await api.project.setLockedPaths({ projectId, lockedPaths: [] })).lockedPaths).toEqual([]);
  const unknown = { projectId: "nothing" as ProjectId, lockedPaths: [], expected: [] };
  await expect(api.project.setLockedPaths(unknown)).rejects.toMatchObject({ cause: { code: "PROJECT_NOT_FOUND" } });
});

test("nothing new is made in an archived project, and the error says how to restore it", async () => {
  const { api, container } = server;
  const { projectId, generationId } = await importArchive({
    container,
    ownerId: testOwnerId,
    name: "Closed",
    archive: await buildArchive({ "a.txt": "a\n" }),
  });
  const edit = () =>
    api.generation.edit({
      parentGenerationId: generationId,
      changeSet: { operations: [{ type: "write", path: "a.txt", content: "b\n" }] },
    });
  await api.project.archive({ projectId });
  const refused = { cause: { code: "PROJECT_ARCHIVED", message: expect.stringContaining("Bring it back") as string } };
  await expect(edit()).rejects.toMatchObject(refused);
  await expect(
    api.generation.iterate({ parentGenerationId: generationId, prompt: "x", model: "compatible:scripted" as ModelId }),
  ).rejects.toMatchObject(refused);
  await expect(api.generation.rollback({ projectId, toGenerationId: generationId })).rejects.toMatchObject(refused);
  expect((await api.run.list({ projectId })).items).toEqual([]);
  await api.project.unarchive({ projectId });
  expect(await edit()).toHaveProperty("generationId");
});
