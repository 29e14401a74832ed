import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { TreeObjects } from "#server/store/contents/tree-objects.ts";
import { verifyHistory } from "../operations/verify-history.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

const start = (texts: Record<string, string>) =>
  importTree({
    container: server.container,
    files: Object.entries(texts).map(([path, text]) => ({ path, text, mode: "100644" as const })),
  });
const edit = async (parentGenerationId: GenerationId, ...operations: ChangeOperation[]) =>
  (await server.api.generation.edit({ parentGenerationId, changeSet: { operations } })).generationId;
const write = (path: string, content: string, more: { executable?: boolean } = {}): ChangeOperation => ({
  type: "write",
  path,
  content,
  ...more,
});
const move = (source: string, destination: string): ChangeOperation => ({ type: "move", source, destination });
const remove = (path: string): ChangeOperation => ({ type: "delete", path });
const restore = (projectId: ProjectId, fromGenerationId: GenerationId, ...paths: string[]) =>
  server.api.generation.restoreFiles({ projectId, fromGenerationId, paths });
const listPaths = async (generationId: GenerationId) =>
  (await server.api.generation.files({ generationId })).items.map(({ path }) => path);
const readHeadId = async (projectId: ProjectId) => (await server.api.project.get({ projectId })).headGenerationId;

async function iterate(parentGenerationId: GenerationId) {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId,
    prompt: "Please make the change",
    model: scriptedModelId,
    mode: "classic",
  });
  return server.waitForRun(runId);
}

/** As after a restart: the caches are empty. */
async function listStoredPaths(generationId: GenerationId): Promise<string[]> {
  const { tree } = await loadGenerationTree({
    database: server.container.database,
    treeObjects: new TreeObjects(),
    ownerId: "local",
    generationId,
  });
  return [...tree.keys()];
}

async function expectSound(): Promise<void> {
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
}

const refusedFor = (...paths: string[]) => ({
  cause: { code: "NAME_COLLISION", message: expect.stringMatching(new RegExp(paths.join("|"))) },
});

describe("a restore", () => {
  test("of a file below one with its directory's name is refused with both names", async () => {
    const { projectId, generationId: v1 } = await start({ "main.py": "x\n", "lib/a.py": "a\n" });
    const v2 = await edit(v1, remove("lib/a.py"), write("lib", "now a file\n"));
    await expect(restore(projectId, v1, "lib/a.py")).rejects.toMatchObject({
      cause: {
        code: "NAME_COLLISION",
        message:
          "lib/a.py cannot be beside lib: lib/a.py needs a directory where lib is a file. Delete or rename one of them. Nothing was stored, and every version is as it was.",
        details: { paths: ["lib/a.py", "lib"] },
      },
    });
    expect(await readHeadId(projectId)).toBe(v2);
    const v3 = await edit(v2, write("fresh.py", "f\n"));
    for (const [id, paths] of [
      [v1, ["lib/a.py", "main.py"]],
      [v2, ["lib", "main.py"]],
      [v3, ["fresh.py", "lib", "main.py"]],
    ] as const) {
      expect(await listPaths(id)).toEqual(paths);
      expect(await listStoredPaths(id)).toEqual(paths);
    }
    await expectSound();
  });

  test("of a file over a directory with its name is refused", async () => {
    const { projectId, generationId: v1 } = await start({ lib: "a file\n", "main.py": "x\n" });
    await edit(v1, remove("lib"), write("lib/a.py", "a\n"));
    await expect(restore(projectId, v1, "lib")).rejects.toMatchObject(refusedFor("lib"));
    await expectSound();
  });

  test("beside a name that differs only by case is refused, and succeeds if both are swapped", async () => {
    const { projectId, generationId: v1 } = await start({ "Notes.md": "n\n", "main.py": "x\n" });
    const v2 = await edit(v1, move("Notes.md", "NOTES.md"));
    await expect(restore(projectId, v1, "Notes.md")).rejects.toMatchObject({
      cause: { code: "NAME_COLLISION", details: { paths: ["Notes.md", "NOTES.md"] } },
    });
    expect(await readHeadId(projectId)).toBe(v2);
    const { generationId: v3 } = await server.api.generation.rollback({ projectId, toGenerationId: v1 });
    expect(await listPaths(v3)).toEqual(["Notes.md", "main.py"]);
    await expectSound();
  });

  test.each([
    ["case in a script with two lower forms", "ΛΌΓΟΣ.md", "λόγος.md"],
    ["a ligature", "ofﬁce.md", "office.md"],
    ["a directory's case", "Docs/a.md", "docs/b.md"],
  ])("beside a name that differs by %s is refused", async (_, before, after) => {
    const { projectId, generationId: v1 } = await start({ [before]: "n\n", "main.py": "x\n" });
    await edit(v1, move(before, after));
    await expect(restore(projectId, v1, before)).rejects.toMatchObject({ cause: { code: "NAME_COLLISION" } });
  });

  test("above the number of files is refused with the limit", async () => {
    const texts = Object.fromEntries(Array.from({ length: limits.projectFiles }, (_, index) => [`d/f${index}`, "x\n"]));
    const { projectId, generationId: v1 } = await start(texts);
    const v2 = await edit(v1, remove("d/f0"), write("other.txt", "o\n"));
    await expect(restore(projectId, v1, "d/f0")).rejects.toMatchObject({
      cause: { code: "INPUT_TOO_LARGE", details: { limit: "projectFiles", maximum: limits.projectFiles } },
    });
    expect(await readHeadId(projectId)).toBe(v2);
  }, 60_000);
});

describe("a directory renamed only by case", () => {
  const files = { "win/app.bat": "@echo off\n", "win/mix.txt": "m\n", "main.py": "x\n" };
  const renamed = ["Win/app.bat", "Win/mix.txt", "main.py"];

  test("is possible in a user's change set", async () => {
    const { generationId: v1 } = await start(files);
    const v2 = await edit(v1, move("win/app.bat", "Win/app.bat"), move("win/mix.txt", "Win/mix.txt"));
    expect(await listPaths(v2)).toEqual(renamed);
    expect(await server.api.generation.get({ generationId: v2 })).toMatchObject({ counts: { moved: 2, kept: 1 } });
    expect(await listStoredPaths(v2)).toEqual(renamed);
  });

  test.each([
    ["in one turn", [["win/app.bat", "win/mix.txt"]]],
    ["turn by turn", [["win/app.bat"], ["win/mix.txt"]]],
  ])("is possible in a run %s", async (_, turns) => {
    const { generationId: v1 } = await start(files);
    models.script(
      ...turns.map((sources) =>
        callTools(
          ...sources.map((source): [string, unknown] => [
            "move_file",
            { source, destination: source.replace("win/", "Win/") },
          ]),
        ),
      ),
      callTools(["finish", { summary: "done" }]),
    );
    const run = await iterate(v1);
    expect(run).toMatchObject({ status: "SUCCEEDED" });
    expect(await listPaths(run.generationId ?? v1)).toEqual(renamed);
    await expectSound();
  });

  test("and left half done is refused with both names, to a user and to a model", async () => {
    const { projectId, generationId: v1 } = await start(files);
    await expect(edit(v1, move("win/app.bat", "Win/app.bat"))).rejects.toMatchObject({
      cause: { code: "NAME_COLLISION", message: expect.stringContaining("Win/app.bat cannot be beside win/mix.txt") },
    });
    const half = callTools(
      ["move_file", { source: "win/app.bat", destination: "Win/app.bat" }],
      ["finish", { summary: "done" }],
    );
    models.script(
      half,
      callTools(["move_file", { source: "win/mix.txt", destination: "Win/mix.txt" }], ["finish", { summary: "done" }]),
    );
    const run = await iterate(v1);
    expect(JSON.stringify(models.requests.at(-1)?.messages)).toContain("Win/app.bat cannot be beside win/mix.txt");
    expect(run).toMatchObject({ status: "SUCCEEDED" });
    expect(await listPaths((await readHeadId(projectId)) ?? v1)).toEqual(renamed);
  });
});

describe("modes", () => {
  const files = [
    { path: "gradlew", text: "#!/bin/sh\n", mode: "100755" },
    { path: "current", text: "lib/a.py", mode: "120000" },
    { path: "lib/a.py", text: "a\n", mode: "100644" },
  ] as const;
  const readModes = async (generationId: GenerationId): Promise<Record<string, FileMode>> =>
    Object.fromEntries(
      (await server.api.generation.files({ generationId })).items.map(({ path, mode }) => [path, mode]),
    );

  test("are imported, and kept by edit, whole write and move", async () => {
    const { generationId: v1 } = await importTree({ container: server.container, files });
    expect(await readModes(v1)).toEqual({ current: "120000", gradlew: "100755", "lib/a.py": "100644" });
    expect(await server.api.generation.file({ generationId: v1, path: "current" })).toMatchObject({
      mode: "120000",
      content: "lib/a.py",
    });
    const v2 = await edit(
      v1,
      { type: "edit", path: "gradlew", edits: [{ oldText: "#!/bin/sh", newText: "#!/bin/bash" }] },
      write("current", "lib/b.py"),
      move("lib/a.py", "lib/b.py"),
    );
    const v3 = await edit(v2, write("gradlew", "#!/bin/dash\n"), move("current", "links/current"), write("x", "x\n"));
    expect(await readModes(v3)).toEqual({
      gradlew: "100755",
      "lib/b.py": "100644",
      "links/current": "120000",
      x: "100644",
    });
    await expectSound();
  });

  test("change alone: a modified row with both modes, a patch as in git, and a restore back", async () => {
    const { projectId, generationId: v1 } = await importTree({ container: server.container, files });
    const v2 = await edit(v1, write("gradlew", "#!/bin/sh\n", { executable: false }));
    const { ledger, counts } = await server.api.generation.get({ generationId: v2 });
    expect(counts).toMatchObject({ kept: 2, modified: 1 });
    expect(ledger.find(({ path }) => path === "gradlew")).toMatchObject({
      disposition: "modified",
      oldMode: "100755",
      newMode: "100644",
      additions: 0,
      deletions: 0,
    });
    expect(await server.api.generation.diff({ generationId: v2 })).toMatchObject({
      files: [{ path: "gradlew", status: "modified", oldMode: "100755", newMode: "100644" }],
    });
    expect(await server.api.generation.fileDiff({ generationId: v2, path: "gradlew" })).toMatchObject({
      patch: "diff --git a/gradlew b/gradlew\nold mode 100755\nnew mode 100644\n",
    });
    const { generationId: v3 } = await restore(projectId, v1, "gradlew");
    expect(await readModes(v3)).toMatchObject({ gradlew: "100755" });
    const { generationId: v4 } = await server.api.generation.rollback({ projectId, toGenerationId: v2 });
    expect(await readModes(v4)).toMatchObject({ gradlew: "100644" });
    await expectSound();
  });

  test("of a new file are what its author asks for, in a change set and in a run", async () => {
    const { generationId: v1 } = await importTree({ container: server.container, files });
    const v2 = await edit(v1, write("run.sh", "echo\n", { executable: true }));
    expect(await readModes(v2)).toMatchObject({ "run.sh": "100755" });
    models.script(
      callTools(
        ["write_file", { path: "bin/start", content: "echo\n", executable: true }],
        ["write_file", { path: "bin/plain", content: "echo\n", executable: false }],
        ["write_file", { path: "gradlew", content: "#!/bin/sh\n", executable: false }],
        ["finish", { summary: "Added." }],
      ),
    );
    const run = await iterate(v2);
    expect(run).toMatchObject({ status: "SUCCEEDED" });
    expect(await readModes(run.generationId ?? v2)).toMatchObject({
      "bin/start": "100755",
      "bin/plain": "100644",
      gradlew: "100755",
      "run.sh": "100755",
    });
  });

  test("of links are shown to a model, and a link is not shown or searched as source", async () => {
    const { generationId: v1 } = await importTree({
      container: server.container,
      files: [...files, { path: "alias.py", text: "lib/a.py", mode: "120000" }],
    });
    models.script(
      callTools(["list_files", {}], ["read_file", { path: "alias.py" }], ["search_files", { query: "lib/a.py" }]),
      callTools(["write_file", { path: "alias.py", content: "print(1)\n" }], ["finish", { summary: "Wrote it." }]),
      callTools(
        ["delete_file", { path: "alias.py" }],
        ["write_file", { path: "main.py", content: "print(1)\n" }],
        ["finish", { summary: "Done." }],
      ),
    );
    const sentBefore = models.requests.length;
    await iterate(v1);
    const sent = JSON.stringify(models.requests.slice(sentBefore).at(-1)?.messages);
    expect(sent).toContain("- alias.py (symbolic link)");
    expect(sent).not.toContain('<file path=\\"alias.py\\">');
    expect(sent).toContain("alias.py  symbolic link");
    expect(sent).toContain("alias.py is a symbolic link → lib/a.py");
    expect(sent).toContain("No line contains it.");
    expect(await readModes(v1)).toMatchObject({ "alias.py": "120000" });
  });

  test("merge separately, and conflict if both sides change them differently", async () => {
    const { projectId, generationId: base } = await importTree({ container: server.container, files });
    const ours = await edit(base, write("gradlew", "#!/bin/bash\n"));
    const theirs = await edit(base, write("gradlew", "#!/bin/sh\n", { executable: false }));
    const { generationId } = await server.api.generation.merge({ projectId, fromGenerationId: theirs });
    expect(await server.api.generation.file({ generationId, path: "gradlew" })).toMatchObject({
      content: "#!/bin/bash\n",
      mode: "100644",
    });
    const other = await edit(ours, write("tool", "t\n", { executable: true }));
    await server.api.generation.rollback({ projectId, toGenerationId: ours });
    const head = await edit((await readHeadId(projectId)) ?? ours, write("tool", "t\n"));
    expect(await server.api.generation.mergePreview({ projectId, fromGenerationId: other })).toMatchObject({
      conflicts: [{ path: "tool", reason: "both-added", oursMode: "100644", theirsMode: "100755", parts: null }],
    });
    const merged = await server.api.generation.merge({
      projectId,
      fromGenerationId: other,
      expectedHeadGenerationId: head,
      decisions: [{ path: "tool", take: "theirs" }],
    });
    expect(await readModes(merged.generationId)).toMatchObject({ tool: "100755" });
    await expectSound();
  });

  test.each(["../outside", "/etc/passwd", "", "a/../../../b", ".git/config", "lib/../.."])(
    "a link to %j is refused by every writer",
    async (target) => {
      const { generationId: v1 } = await importTree({ container: server.container, files });
      await expect(edit(v1, write("current", target))).rejects.toMatchObject({
        cause: { code: target === "" ? "EDIT_FAILED" : "INVALID_PATH" },
      });
      await expect(
        importTree({ container: server.container, files: [...files, { path: "bad", text: target, mode: "120000" }] }),
      ).rejects.toMatchObject({
        details: { obstacles: [expect.objectContaining({ path: "bad", rule: "link-target" })] },
      });
    },
  );

  test("a moved link must still point inside the project", async () => {
    const { generationId: v1 } = await importTree({
      container: server.container,
      files: [
        { path: "a/b/link", text: "../../README.md", mode: "120000" },
        { path: "README.md", text: "r\n", mode: "100644" },
      ],
    });
    await expect(edit(v1, move("a/b/link", "a/link"))).rejects.toMatchObject({ cause: { code: "INVALID_PATH" } });
    await edit(v1, move("a/b/link", "c/d/link"));
  });
});
