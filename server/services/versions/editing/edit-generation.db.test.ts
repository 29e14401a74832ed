import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../importing/import-archive.ts";
import { verifyHistory } from "../../operations/verify-history.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

const files = { "a.txt": "one\r\ntwo\r\nthree\r\n", "b.txt": "b\n" };
let projectId: ProjectId;
let v1: GenerationId;

beforeEach(async () => {
  ({ projectId, generationId: v1 } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Edited",
    archive: await buildArchive(files),
  }));
});

const write = (path: string, content: string): ChangeOperation => ({ type: "write", path, content });
const edit = (parentGenerationId: GenerationId, operations: ChangeOperation[], ontoGenerationId?: GenerationId) =>
  server.api.generation.edit({
    parentGenerationId,
    changeSet: { operations },
    ...(ontoGenerationId === undefined ? {} : { ontoGenerationId }),
  });
const readHeadId = async () => (await server.api.project.get({ projectId })).headGenerationId;

describe("an edit by the user", () => {
  test("keeps every typed byte, including carriage returns, and reports what it did", async () => {
    const { generationId } = await edit(v1, [write("a.txt", "ONE\r\ntwo\r\nthree\r\n")], v1);
    expect(await server.readTexts(generationId)).toEqual({ ...files, "a.txt": "ONE\r\ntwo\r\nthree\r\n" });
    expect(await server.api.generation.get({ generationId })).toMatchObject({
      kind: "edit",
      author: "user",
      prompt: "Edited a.txt",
      isHead: true,
      parentGenerationIds: [v1],
    });
  });

  test("is previewed as the difference from its base, and the preview stores nothing", async () => {
    const plan = await server.api.generation.planEdit({
      parentGenerationId: v1,
      changeSet: {
        operations: [
          write("a.txt", "one\r\nTWO\r\nthree\r\n"),
          { type: "move", source: "b.txt", destination: "c.txt" },
        ],
      },
    });
    expect(plan).toMatchObject({
      status: "clean",
      counts: { modified: 1, moved: 1 },
      files: [
        { path: "a.txt", status: "modified", additions: 1, deletions: 1 },
        { path: "c.txt", previousPath: "b.txt", status: "moved" },
      ],
    });
    expect(plan.status === "clean" ? plan.files[0]?.patch : "").toContain("-two\r\n+TWO\r\n");
    expect((await server.api.generation.list({ projectId })).items).toHaveLength(1);
  });

  test("is merged into a version that became active meanwhile if requested; otherwise it is a branch", async () => {
    const { generationId: v2 } = await edit(v1, [write("a.txt", "one\r\ntwo\r\nTHREE\r\n")], v1);
    const operations = [write("a.txt", "ONE\r\ntwo\r\nthree\r\n")];
    const plan = await server.api.generation.planEdit({
      parentGenerationId: v1,
      ontoGenerationId: v2,
      changeSet: { operations },
    });
    expect(plan).toMatchObject({ status: "clean", files: [{ path: "a.txt", additions: 1, deletions: 1 }] });

    const branch = await edit(v1, operations);
    expect(await readHeadId()).toBe(v2);
    expect((await server.readTexts(branch.generationId))["a.txt"]).toBe("ONE\r\ntwo\r\nthree\r\n");

    const { generationId: v4 } = await edit(v1, operations, v2);
    expect(await readHeadId()).toBe(v4);
    expect((await server.readTexts(v4))["a.txt"]).toBe("ONE\r\ntwo\r\nTHREE\r\n");
    expect(await server.api.generation.get({ generationId: v4 })).toMatchObject({
      parentGenerationIds: [v2],
      counts: { kept: 1, modified: 1 },
    });
    expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
  });

  test("that breaks an import is stored with the finding, compared with its parent", async () => {
    const { generationId: start } = await edit(v1, [
      write("app/__init__.py", ""),
      write("app/items.py", "def read():\n    return 1\n"),
      write("main.py", "from app import items\n\nitems.read()\n"),
    ]);
    expect(await server.api.generation.get({ generationId: start })).toMatchObject({ issues: [] });
    const { generationId: broken } = await edit(start, [{ type: "delete", path: "app/items.py" }]);
    expect((await server.api.generation.get({ generationId: broken })).issues).toMatchObject([
      { path: "main.py", validator: "unresolved-imports" },
    ]);
    const { generationId: later } = await edit(broken, [write("b.txt", "B\n")]);
    expect(await server.api.generation.get({ generationId: later })).toMatchObject({ issues: [] });
  });

  test("by restoring a file is refused if another version became active since the decision", async () => {
    const { generationId: v2 } = await edit(v1, [write("a.txt", "two\n")], v1);
    const { generationId: v3 } = await edit(v2, [write("a.txt", "three\n")], v2);
    const restore = (expectedHeadGenerationId: GenerationId) =>
      server.api.generation.restoreFiles({
        projectId,
        fromGenerationId: v1,
        paths: ["a.txt" as FilePath],
        expectedHeadGenerationId,
      });
    await expect(restore(v2)).rejects.toMatchObject({
      cause: { code: "HEAD_MOVED", details: { headGenerationId: v3 } },
    });
    expect(await readHeadId()).toBe(v3);
    expect((await server.readTexts((await restore(v3)).generationId))["a.txt"]).toBe(files["a.txt"]);
  });

  test("is refused if both changed one line, and if the active version moved again; nothing is stored", async () => {
    const { generationId: v2 } = await edit(v1, [write("a.txt", "I\r\ntwo\r\nthree\r\n")], v1);
    const changeSet = { operations: [write("a.txt", "1\r\ntwo\r\nthree\r\n")] };
    expect(await server.api.generation.planEdit({ parentGenerationId: v1, ontoGenerationId: v2, changeSet })).toEqual({
      status: "conflicted",
      conflicts: [
        {
          path: "a.txt",
          reason: "changed-on-both-sides",
          places: [{ line: 1, base: "one\r\n", ours: "1\r\n", theirs: "I\r\n" }],
        },
      ],
    });
    await expect(edit(v1, changeSet.operations, v2)).rejects.toMatchObject({ cause: { code: "EDIT_CONFLICT" } });
    await expect(edit(v1, [write("b.txt", "B\n")], v1)).rejects.toMatchObject({
      cause: { code: "HEAD_MOVED", details: { headGenerationId: v2 } },
    });
    await expect(edit(v1, [write("a.txt", "I\r\ntwo\r\nthree\r\n")], v2)).rejects.toMatchObject({
      cause: { code: "NO_CHANGES" },
    });
    expect(await readHeadId()).toBe(v2);
    expect((await server.api.generation.list({ projectId })).items).toHaveLength(2);
  });
});
