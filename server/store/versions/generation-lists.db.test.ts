import { afterAll, beforeAll, expect, test } from "vitest";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";

let server: TestServer;
let projectId: ProjectId;
/** v1 to v3 in a row; v4, like v3, is a child of v2; v5 is a child of v4. v3 is active. Indexed by number. */
const versions: GenerationId[] = [];

beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
  const imported = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Looked for",
    archive: await buildArchive({ "a.txt": "1\n2\n3\n" }),
  });
  projectId = imported.projectId;
  versions[1] = imported.generationId;
  const edit = async ({ of, path }: { of: number; path: string }) =>
    (
      await server.api.generation.edit({
        parentGenerationId: versions[of] ?? imported.generationId,
        changeSet: { operations: [{ type: "write", path: path as FilePath, content: "one\ntwo\n" }] },
      })
    ).generationId;
  versions[2] = await edit({ of: 1, path: "a.txt" });
  versions[3] = await edit({ of: 2, path: "port_4.txt" });
  versions[4] = await edit({ of: 2, path: "portx4.txt" });
  versions[5] = await edit({ of: 4, path: "deep.txt" });
  await server.api.generation.mark({ generationId: versions[2], label: "100% done", isBookmarked: false });
});
afterAll(() => server.close());

const find = async (query: string) =>
  (await server.api.generation.list({ projectId, query })).items.map(({ version }) => version);

test.each([
  ["", [5, 4, 3, 2, 1]],
  ["v4", [4]],
  ["V2", [2]],
  ["PORT_4", [3]],
  ["done 100%", [2]],
  ["added deep", [5]],
  ["nothing like it", []],
  ["v99", []],
  // The version with that number first, then those with the number in their text.
  ["4", [4, 3]],
] as const)("the query %j finds %j", async (query, expected) => {
  expect(await find(query)).toEqual(expected);
});

test("results come in pages without duplicates", async () => {
  const first = await server.api.generation.list({ projectId, query: "added", limit: 2 });
  expect(first.items.map(({ version }) => version)).toEqual([5, 4]);
  const rest = await server.api.generation.list({ projectId, query: "added", limit: 2, cursor: first.nextCursor });
  expect(rest.items.map(({ version }) => version)).toEqual([3]);
  expect(rest.nextCursor).toBeNull();
});

test("a listed version has its changed line counts, and no cost if no run made it", async () => {
  const { items } = await server.api.generation.list({ projectId });
  expect(items.map(({ additions, deletions, costUsd }) => [additions, deletions, costUsd])).toEqual([
    [2, 0, null],
    [2, 0, null],
    [2, 0, null],
    [2, 3, null],
    [3, 0, null],
  ]);
});

test("the relatives of a version are its parents, its siblings, the active version and the common ancestor", async () => {
  const at = (version: number) => versions[version] ?? ("none" as GenerationId);
  const relatives = await server.api.generation.relatives({ generationId: at(3), otherGenerationId: at(5) });
  expect({
    parents: relatives.parents.map(({ version }) => version),
    siblings: relatives.siblings.map(({ version }) => version),
    active: relatives.active?.version,
    commonAncestor: relatives.commonAncestor?.version,
  }).toEqual({
    parents: [2],
    siblings: [4],
    active: 3,
    commonAncestor: 2,
  });
  expect(
    (await server.api.generation.relatives({ generationId: at(1), otherGenerationId: at(5) })).commonAncestor?.version,
  ).toBe(1);
  const { generationId: unrelated } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Another",
    archive: await buildArchive({ "a.txt": "a\n" }),
  });
  expect(
    (await server.api.generation.relatives({ generationId: at(3), otherGenerationId: unrelated })).commonAncestor,
  ).toBeNull();
  await expect(
    server.api.generation.relatives({ generationId: at(1), otherGenerationId: "none" as GenerationId }),
  ).rejects.toMatchObject({ cause: { code: "GENERATION_NOT_FOUND" } });
});
