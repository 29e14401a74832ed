import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { createContainer, type Container } from "#server/container.ts";
import { handleGitRequest } from "#server/http/handle-git-request.ts";
import { hashContent } from "#server/core/content-hash.ts";
import { verifyHistory } from "#server/services/operations/verify-history.ts";
import { insertBlobs } from "#server/store/contents/blobs.ts";
import { lockHistoryRepository } from "#server/store/versions/git-history.ts";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { serveHandler } from "#server/testing/serve-handler.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";

const models = new ScriptedGateway({ turns: [] });
const pollMs = 10;

type WebProcess = { container: Container; url: string; close(): Promise<void> };

let server: TestServer;
let client: GitClient;
/** Each with its own connections, turns and repositories, as on two hosts. */
let processes: { first: WebProcess; second: WebProcess };
let projectId: ProjectId;
let firstId: GenerationId;
/** A new content that a run and a push both add: they store the same blob. */
let shared: { path: string; content: string };

beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

beforeEach(async () => {
  client = await createGitClient();
  processes = { first: await startWebProcess("first"), second: await startWebProcess("second") };
  ({ projectId, generationId: firstId } = await importTree({
    container: server.container,
    files: [{ path: "README.md", text: "# Shop\n", mode: "100644" }],
  }));
  shared = { path: "shared.txt", content: `Both add this to ${projectId}.\n` };
  await client.git(["clone", "--quiet", addressOf(processes.first), "clone"]);
});
afterEach(async () => {
  await processes.first.close();
  await processes.second.close();
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
  await client.remove();
});

async function startWebProcess(name: string): Promise<WebProcess> {
  const container = await createContainer({
    connectionString: server.connectionString,
    role: "sender",
    models,
    dataDir: join(client.directory, `data-${name}`),
  });
  const served = await serveHandler((request) => handleGitRequest({ request, openContainer: async () => container }));
  return {
    container,
    url: served.url,
    async close() {
      await served.close();
      await container.close();
    },
  };
}

const addressOf = ({ url }: WebProcess) => `${url}/git/${projectId}.git`;
const inClone = (...args: string[]) => client.git(args, { in: "clone" });

async function commit({ path, content, folder = "clone" }: { path: string; content: string; folder?: string }) {
  await writeFile(join(client.directory, folder, path), content);
  await client.git(["add", "--all"], { in: folder });
  await client.git(["commit", "--quiet", "--message", `Change ${path}`], { in: folder });
}

const pushTo = (process: WebProcess, folder = "clone") =>
  client.gitWithErrors(["push", "--quiet", addressOf(process), "HEAD:refs/heads/main"], { in: folder }).then(
    () => null,
    (error: unknown) => String((error as { stderr?: string }).stderr ?? error),
  );

const listVersions = async () => (await server.api.generation.list({ projectId, limit: 1_000 })).items;

/** A clone through each process has the same commits. */
async function expectEqualClones(): Promise<void> {
  const heads: string[] = [];
  for (const process of [processes.first, processes.second]) {
    await client.git(["clone", "--quiet", "--mirror", addressOf(process), "again.git"]);
    expect(await client.git(["fsck", "--full", "--strict"], { in: "again.git" })).toBe("");
    heads.push(await client.git(["for-each-ref"], { in: "again.git" }));
    await rm(join(client.directory, "again.git"), { recursive: true });
  }
  expect(heads[0]).toBe(heads[1]);
}

/** Resolves once so many sessions wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  const { prisma } = server.container.database;
  const countWaiting = async () =>
    (
      await prisma.$queryRaw<
        unknown[]
      >`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    ).length;
  while ((await countWaiting()) < count) await delay(pollMs);
}

/** Holds the row of the project, for which everyone who stores a version waits, until `act` has ended. */
async function whileHeld(act: () => Promise<void>): Promise<void> {
  await server.container.database.prisma.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`SELECT id FROM "Project" WHERE id = ${projectId} FOR UPDATE`;
      await act();
    },
    { timeout: 60_000 },
  );
}

/** A run on the first version whose model answers when it is told to. */
async function startRun() {
  const answer = Promise.withResolvers<void>();
  const finish = callTools(["finish", { summary: "Done." }]);
  models.script(
    async (request) => {
      await answer.promise;
      return callTools(["write_file", shared], ["finish", { summary: "Done." }])(request);
    },
    finish,
    finish,
  );
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: firstId,
    prompt: "Add it",
    model: scriptedModelId,
    mode: "classic",
  });
  const countLost = () =>
    server.container.database.prisma.runEvent.count({
      where: { runId, event: { path: ["type"], equals: "worker.lost" } },
    });
  return { answer: () => answer.resolve(), ended: server.waitForRun(runId), countLost };
}

describe("a push while a run stores its version", () => {
  test("is refused with what to do if the run is first, and can be pulled and pushed again", async () => {
    const run = await startRun();
    await commit(shared);
    let pushed: Promise<string | null> = Promise.resolve(null);
    await whileHeld(async () => {
      run.answer();
      await untilWaiting(1);
      pushed = pushTo(processes.first);
      await untilWaiting(2);
    });
    expect(await pushed).toContain("remote: Run git pull, then push again");
    expect(await run.ended).toMatchObject({ status: "SUCCEEDED", isBranch: false });
    expect(await listVersions()).toHaveLength(2);
    await inClone("pull", "--quiet", "--no-rebase", "--no-edit");
    expect(await pushTo(processes.first)).toBeNull();
    expect(await listVersions()).toMatchObject([
      { isHead: true, kind: "push" },
      { kind: "push" },
      { kind: "iterate" },
      {},
    ]);
    await expectEqualClones();
  });

  test("is stored if it is first, and the run's version is a branch tip that can be merged", async () => {
    const run = await startRun();
    await commit(shared);
    let pushed: Promise<string | null> = Promise.resolve(null);
    await whileHeld(async () => {
      pushed = pushTo(processes.first);
      await untilWaiting(1);
      run.answer();
      await untilWaiting(2);
    });
    expect(await pushed).toBeNull();
    const ended = await run.ended;
    expect(ended).toMatchObject({ status: "SUCCEEDED", isBranch: true });
    // Neither waited for the other's blob and was rolled back for it.
    expect(await run.countLost()).toBe(0);
    expect((await listVersions()).map(({ kind, isHead }) => [kind, isHead])).toEqual([
      ["iterate", false],
      ["push", true],
      ["import", false],
    ]);
    await server.api.generation.merge({ projectId, fromGenerationId: ended.generationId as GenerationId });
    await inClone("pull", "--quiet", "--ff-only", addressOf(processes.first), "main");
    await expectEqualClones();
  });
});

describe("two web processes with a repository each, on one database", () => {
  test("a push while the repository is being built waits for it, and is stored", async () => {
    const { prisma } = server.container.database;
    await commit({ path: "a.txt", content: "a\n" });
    let pushed: Promise<string | null> = Promise.resolve(null);
    await prisma.$transaction(
      async (transaction) => {
        await lockHistoryRepository({ transaction, projectId });
        // The second process has no repository of this project yet.
        pushed = pushTo(processes.second);
        await untilWaiting(1);
      },
      { timeout: 60_000 },
    );
    expect(await pushed).toBeNull();
    expect(await listVersions()).toMatchObject([{ isHead: true, kind: "push" }, { kind: "import" }]);
    await expectEqualClones();
  });

  test("each gives what was pushed to the other, with the same ids", async () => {
    const { first, second } = processes;
    await commit({ path: "a.txt", content: "a\n" });
    expect(await pushTo(first)).toBeNull();
    await client.git(["clone", "--quiet", addressOf(second), "other"]);
    expect(await client.git(["rev-parse", "HEAD"], { in: "other" })).toBe(await inClone("rev-parse", "HEAD"));
    await commit({ path: "b.txt", content: "b\n", folder: "other" });
    expect(await pushTo(second, "other")).toBeNull();
    await inClone("pull", "--quiet", "--ff-only");
    // The first process has not seen this one.
    await server.api.generation.edit({
      parentGenerationId: (await listVersions())[0]?.generationId ?? firstId,
      changeSet: { operations: [{ type: "write", path: "c.txt", content: "c\n" }] },
    });
    await client.git(["pull", "--quiet", "--ff-only"], { in: "other" });
    await commit({ path: "d.txt", content: "d\n", folder: "other" });
    expect(await pushTo(first, "other")).toBeNull();
    expect(await listVersions()).toHaveLength(5);
    await expectEqualClones();
  });

  test("a repository that is deleted in one of them is built again, before a push and before a fetch", async () => {
    const { first, second } = processes;
    await commit({ path: "a.txt", content: "a\n" });
    expect(await pushTo(second)).toBeNull();
    await rm(join(first.container.git.directory, `${projectId}.git`), { recursive: true });
    await commit({ path: "b.txt", content: "b\n" });
    expect(await pushTo(first)).toBeNull();
    await rm(join(second.container.git.directory, `${projectId}.git`), { recursive: true });
    await client.git(["clone", "--quiet", addressOf(second), "other"]);
    expect(await client.git(["rev-list", "HEAD"], { in: "other" })).toBe(await inClone("rev-list", "HEAD"));
    await expectEqualClones();
  });

  test("of two pushes at once, one to each, one is stored and the other is told to pull", async () => {
    const { first, second } = processes;
    await client.git(["clone", "--quiet", addressOf(second), "other"]);
    await commit(shared);
    await commit({ ...shared, folder: "other" });
    await commit({ path: "other.txt", content: "o\n", folder: "other" });
    const pushes: Promise<string | null>[] = [];
    await whileHeld(async () => {
      pushes.push(pushTo(first));
      await untilWaiting(1);
      pushes.push(pushTo(second, "other"));
      await untilWaiting(2);
    });
    expect(await pushes[0]).toBeNull();
    expect(await pushes[1]).toContain("remote: Run git pull, then push again");
    expect(await listVersions()).toHaveLength(2);
    await client.git(["pull", "--quiet", "--no-rebase", "--no-edit"], { in: "other" });
    expect(await pushTo(second, "other")).toBeNull();
    await expectEqualClones();
  });

  test("two pushes that wait for contents of each other are both stored", async () => {
    const { first, second } = processes;
    const contentOf = (name: string) => `${name} of ${projectId}\n`;
    const gates = ["first gate", "second gate"].map(contentOf);
    const [mine, yours] = ["mine", "yours"].map(contentOf);
    for (const [folder, contents] of [
      ["one", [mine, gates[0], yours]],
      ["two", [yours, gates[1], mine]],
    ] as const) {
      await client.git(["init", "--quiet", "--initial-branch=main", folder]);
      for (const [index, content = ""] of contents.entries()) await commit({ path: `${index}.txt`, content, folder });
    }
    const push = ({ url }: WebProcess, folder: string) =>
      client.git(["push", "--quiet", `${url}/git/new/${folder}.git`, "main"], { in: folder });
    const { prisma } = server.container.database;
    const bytes = gates.map((text) => new TextEncoder().encode(text));
    let pushes: Promise<unknown> = Promise.resolve();
    await prisma.$transaction(
      async (transaction) => {
        await insertBlobs({
          transaction,
          contents: new Map(bytes.map((content) => [hashContent(content), content])),
          bases: new Map(),
        });
        pushes = Promise.all([push(first, "one"), push(second, "two")]);
        // Each has stored its first content, and the other's is its third.
        await untilWaiting(2);
      },
      { timeout: 60_000 },
    );
    await pushes;
    const projects = await prisma.project.findMany({
      where: { name: { in: ["one", "two"] } },
      select: { lastVersion: true },
    });
    expect(projects).toEqual([{ lastVersion: 3 }, { lastVersion: 3 }]);
  });

  test("of two pushes of one history to a new project, one makes it and the other finds it", async () => {
    const { first, second } = processes;
    await commit({ path: "a.txt", content: "a\n" });
    const ends = await Promise.all(
      [first, second].map(({ url }) =>
        client.gitWithErrors(["push", `${url}/git/new/Twice.git`, "HEAD:refs/heads/main"], { in: "clone" }),
      ),
    );
    const said = ends.map(({ stderr }) => stderr).join("\n");
    expect(said).toContain("2 versions stored");
    expect(said).toContain("The project already has all of this, so nothing was stored");
    const { prisma } = server.container.database;
    expect(await prisma.project.count({ where: { name: "Twice" } })).toBe(1);
  });
});
