import { mkdtemp, readFile, readlink, rm, stat, symlink, writeFile, mkdir, lstat, chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { handleGitRequest } from "#server/http/handle-git-request.ts";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { importTree, type TestFile } from "#server/testing/import-tree.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { serveHandler } from "#server/testing/serve-handler.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { TreeObjects } from "#server/store/contents/tree-objects.ts";
import { verifyHistory } from "../operations/verify-history.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let client: GitClient;
let served: { url: string; close(): Promise<void> };
let directory = "";
beforeAll(async () => {
  server = await startTestServer({ models });
  client = await createGitClient();
  served = await serveHandler((request) => handleGitRequest({ request, openContainer: async () => server.container }));
  directory = await mkdtemp(join(tmpdir(), "graft-doors-"));
});
afterAll(async () => {
  await served.close();
  await client.remove();
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

/** Names that collide: by case, by composition, and as a file where another needs a directory. */
const paths = ["lib", "lib/a.py", "Lib/b.py", "LIB", "a.md", "A.md", "dir/straße", "dir/STRASSE", "bin/run", "dir"];
const path = fc.constantFrom(...paths);
const mode = fc.constantFrom<FileMode>("100644", "100755", "120000");
const text = fc.constantFrom("a.md", "bin/run", "lib");
const fileList: fc.Arbitrary<TestFile[]> = fc.uniqueArray(fc.record({ path, text, mode }), {
  selector: (file) => file.path,
  minLength: 1,
  maxLength: 3,
});

const write = { type: fc.constant("write" as const), path, content: text };
const operation: fc.Arbitrary<ChangeOperation> = fc.oneof(
  { weight: 4, arbitrary: fc.record(write) },
  { weight: 3, arbitrary: fc.record({ ...write, executable: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("delete" as const), path }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("move" as const), source: path, destination: path }),
  },
);

/** A user's or a model's next action, on a version chosen by `at`. */
const step = fc.record({
  door: fc.constantFrom(
    ...(["edit", "edit", "edit", "run", "restore", "restore", "rollback", "merge", "merge", "accept", "push"] as const),
  ),
  at: fc.nat(20),
  operations: fc.array(operation, { minLength: 1, maxLength: 2 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

type Stored = { projectId: ProjectId; ids: GenerationId[] };

async function take({ projectId, ids }: Stored, { door, at, operations }: Step): Promise<GenerationId | null> {
  const chosen = ids[at % ids.length] as GenerationId;
  switch (door) {
    case "edit":
      return (await server.api.generation.edit({ parentGenerationId: chosen, changeSet: { operations } })).generationId;
    case "restore": {
      const head = (await server.api.project.get({ projectId })).headGenerationId ?? chosen;
      const { files } = await server.api.generation.diff({ generationId: chosen, againstGenerationId: head });
      const restored = files.flatMap((file) => (file.status === "deleted" ? [] : [file.path]));
      return (await server.api.generation.restoreFiles({ projectId, fromGenerationId: chosen, paths: restored }))
        .generationId;
    }
    case "rollback":
      return (await server.api.generation.rollback({ projectId, toGenerationId: chosen })).generationId;
    case "merge": {
      // An edit of the first version is a branch, unless that version is still active.
      const [first = chosen] = ids;
      const branch = await server.api.generation.edit({ parentGenerationId: first, changeSet: { operations } });
      ids.push(branch.generationId);
      return merge({ projectId, chosen: branch.generationId });
    }
    case "push":
      return push({ projectId, operations, mode: (["100644", "100755", "120000"] as const)[at % 3] ?? "100644" });
    case "run":
      return (await run({ chosen, operations, isCutOff: false })).generationId;
    case "accept": {
      const held = await run({ chosen, operations, isCutOff: true });
      if (held.status !== "NEEDS_REVIEW" || held.holds === null) return held.generationId;
      const decisions = held.holds.changes.map(({ path: changed }, index) => ({
        path: changed,
        decision: (at + index) % 3 === 0 ? ("keep-parent" as const) : ("accept" as const),
      }));
      const result = await server.api.run.resolve({ runId: held.runId, decisions });
      return "generationId" in result ? result.generationId : null;
    }
  }
}

async function merge({ projectId, chosen }: { projectId: ProjectId; chosen: GenerationId }): Promise<GenerationId> {
  const { conflicts, headGenerationId } = await server.api.generation.mergePreview({
    projectId,
    fromGenerationId: chosen,
  });
  return (
    await server.api.generation.merge({
      projectId,
      fromGenerationId: chosen,
      expectedHeadGenerationId: headGenerationId,
      decisions: conflicts.map(({ path: conflicted }, index) => ({
        path: conflicted,
        take: index % 2 === 0 ? ("theirs" as const) : ("ours" as const),
      })),
    })
  ).generationId;
}

/** One commit on the active version, made in the index alone: a disk could not hold every tree that git can. */
async function push({
  projectId,
  operations,
  mode: pushedMode,
}: {
  projectId: ProjectId;
  operations: ChangeOperation[];
  mode: FileMode;
}): Promise<GenerationId | null> {
  const git = (...args: string[]) => client.git(args, { in: projectId });
  const place = (entry: string) => git("update-index", "--add", "--replace", "--cacheinfo", entry);
  await client.git(["clone", "--quiet", "--no-checkout", `${served.url}/git/${projectId}.git`, projectId]);
  try {
    await git("read-tree", "HEAD");
    for (const each of operations) {
      if (each.type === "write") {
        await writeFile(join(client.directory, "content"), each.content);
        await place(`${pushedMode},${await git("hash-object", "-w", "../content")},${each.path}`);
      } else if (each.type === "delete") await git("update-index", "--force-remove", each.path);
      else if (each.type === "move") {
        const [, moved = "", id = ""] =
          /^(\d+) ([0-9a-f]+) 0/.exec(await git("ls-files", "--stage", each.source)) ?? [];
        if (id === "") continue;
        await git("update-index", "--force-remove", each.source);
        await place(`${moved},${id},${each.destination}`);
      }
    }
    await git("commit", "--quiet", "--allow-empty", "--message", "By hand");
    await git("push", "--quiet", "origin", "HEAD:refs/heads/main");
    return (await server.api.project.get({ projectId })).headGenerationId;
  } catch (error) {
    if (!/Nothing was stored/.test((error as { stderr?: string }).stderr?.replaceAll(/\s*\nremote: /g, " ") ?? ""))
      throw error;
    return null;
  } finally {
    await rm(join(client.directory, projectId), { recursive: true });
  }
}

async function run({
  chosen,
  operations,
  isCutOff,
}: {
  chosen: GenerationId;
  operations: ChangeOperation[];
  isCutOff: boolean;
}) {
  const calls = operations.map(({ type, ...input }): [string, unknown] => [`${type}_file`, input]);
  const turn = callTools(...calls, ...(isCutOff ? [] : [["finish", { summary: "Done." }] as [string, unknown]]));
  const idle = callTools(["list_files", {}]);
  models.script(
    isCutOff ? async (request) => ({ ...(await turn(request)), finishReason: "length" }) : turn,
    ...Array.from({ length: 12 }, () =>
      isCutOff
        ? async (request: Parameters<typeof idle>[0]) => ({ ...(await idle(request)), finishReason: "length" as const })
        : callTools(["finish", { summary: "Done." }]),
    ),
  );
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: chosen,
    prompt: "Make the change, and delete what has to be deleted",
    model: scriptedModelId,
    mode: "classic",
  });
  return server.waitForRun(runId);
}

type StoredFile = { text: string; mode: FileMode };

/** A version as the server shows it, and as a restarted server reads it. */
async function readBoth(generationId: GenerationId): Promise<Map<string, StoredFile>[]> {
  const { database, treeObjects } = server.container;
  return Promise.all(
    [treeObjects, new TreeObjects()].map(async (objects) => {
      const { tree } = await loadGenerationTree({ database, treeObjects: objects, ownerId: testOwnerId, generationId });
      const contents = await loadBlobs({
        transaction: database.prisma,
        hashes: [...tree.values()].map(({ contentHash }) => contentHash),
      });
      return new Map(
        [...tree].map(([each, entry]): [string, StoredFile] => [
          each,
          { text: Buffer.from(contents.get(entry.contentHash) ?? []).toString("utf8"), mode: entry.mode },
        ]),
      );
    }),
  );
}

/** Writes files like an unpacker, in lower case, as a case-insensitive disk stores them, and reads them back. */
async function passThroughDisk(files: ReadonlyMap<string, StoredFile>): Promise<Map<string, StoredFile>> {
  const root = await mkdtemp(join(directory, "disk-"));
  const onDisk = (each: string) => join(root, each.normalize("NFKC").toUpperCase().toLowerCase());
  for (const [each, { text: content, mode: wanted }] of files) {
    await mkdir(dirname(onDisk(each)), { recursive: true });
    if (wanted === "120000") await symlink(content, onDisk(each));
    else await writeFile(onDisk(each), content, { flag: "wx" });
    if (wanted === "100755") await chmod(onDisk(each), 0o755);
  }
  const read = new Map<string, StoredFile>();
  for (const each of files.keys()) {
    const isLink = (await lstat(onDisk(each))).isSymbolicLink();
    const isExecutable = !isLink && ((await stat(onDisk(each))).mode & 0o100) !== 0;
    read.set(each, {
      text: isLink ? await readlink(onDisk(each)) : await readFile(onDisk(each), "utf8"),
      mode: isLink ? "120000" : isExecutable ? "100755" : "100644",
    });
  }
  await rm(root, { recursive: true });
  return read;
}

/** The errors that a writer may return: each is a refusal that stores nothing. */
const refusals: ReadonlySet<string> = new Set([
  "NAME_COLLISION",
  "INVALID_PATH",
  "EDIT_FAILED",
  "NO_CHANGES",
  "FILE_NOT_FOUND",
  "INVALID_INPUT",
  "MERGE_CONFLICT",
  "RUN_HOLDS_NOTHING",
]);

async function attempt<Value>(act: () => Promise<Value>): Promise<Value | null> {
  try {
    return await act();
  } catch (error) {
    const appError = error instanceof AppError ? error : error instanceof Error ? error.cause : null;
    if (appError instanceof AppError && (refusals.has(appError.code) || appError.code === "INVALID_ARCHIVE"))
      return null;
    throw error;
  }
}

test("a version is a tree that a disk can hold, the same after a restart, whatever wrote it", async () => {
  const doors = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fileList, fc.array(step, { minLength: 8, maxLength: 14 }), async (files, steps) => {
      const imported = await attempt(() => importTree({ container: server.container, files }));
      if (imported === null) return;
      const stored: Stored = { projectId: imported.projectId, ids: [imported.generationId] };
      for (const each of steps) {
        const generationId = await attempt(() => take(stored, each));
        if (generationId === null || stored.ids.includes(generationId)) continue;
        stored.ids.push(generationId);
        doors.set(each.door, (doors.get(each.door) ?? 0) + 1);
      }
      for (const generationId of stored.ids) {
        const [shown, restarted] = await readBoth(generationId);
        if (shown === undefined) throw new TypeError("A version has files or none.");
        expect(restarted).toEqual(shown);
        expect(await passThroughDisk(shown)).toEqual(shown);
        const { items } = await server.api.generation.files({ generationId });
        expect(items.map(({ path: each, mode: shownMode }) => [each, shownMode])).toEqual(
          [...shown].map(([each, file]) => [each as FilePath, file.mode]),
        );
      }
    }),
    { numRuns: 60, endOnFailure: true },
  );
  expect([...doors.keys()].sort()).toEqual(["accept", "edit", "merge", "push", "restore", "rollback", "run"]);
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
}, 300_000);
