import { afterAll, beforeAll, expect, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import { importArchive } from "#server/services/versions/import-archive.ts";
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

test("a project costs what its runs did, as far as that is known", async () => {
  const { items } = await server.api.project.list();
  expect(items.map(({ costUsd }) => costUsd)).toEqual([null, 0.75]);
});
