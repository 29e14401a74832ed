import { lstat, mkdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { request as openRequest } from "node:http";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { createGitEngine } from "#server/git/git-engine.ts";
import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { handleGitRequest } from "#server/http/handle-git-request.ts";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { serveHandler } from "#server/testing/serve-handler.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { exportBundle } from "./export-bundle.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let container: Container;
let client: GitClient;
let served: { url: string; close(): Promise<void> };
let projectId: ProjectId;
let firstId: GenerationId;
let address: string;

const searchPath = process.env["PATH"] ?? "";

beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

beforeEach(async () => {
  client = await createGitClient();
  container = { ...server.container, git: createGitEngine({ directory: join(client.directory, "cache"), searchPath }) };
  served = await serveHandler((request) => handleGitRequest({ request, openContainer: async () => container }));
  ({ projectId, generationId: firstId } = await importTree({
    container,
    files: [
      { path: "README.md", text: "# Shop\r\n", mode: "100644" },
      { path: "bin/run", text: "#!/bin/sh\n", mode: "100755" },
      { path: "bin/link", text: "run", mode: "120000" },
      { path: "bin.txt", text: "", mode: "100644" },
      { path: "ä/ö ü.txt", text: "text\n", mode: "100644" },
    ],
  }));
  address = `${served.url}/git/${projectId}.git`;
});
afterEach(async () => {
  await served.close();
  await client.remove();
});

async function iterate({ parent, path, prompt }: { parent: GenerationId; path: string; prompt: string }) {
  const finish = callTools(["finish", { summary: "Done." }]);
  models.script(
    callTools(["write_file", { path, content: `${prompt}\n` }], ["finish", { summary: "Done." }]),
    finish,
    finish,
  );
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: parent,
    prompt,
    model: scriptedModelId,
    mode: "classic",
  });
  return (await server.waitForRun(runId)).generationId as GenerationId;
}

function edit({ parent, path, content }: { parent: GenerationId; path: string; content: string }) {
  return server.api.generation.edit({
    parentGenerationId: parent,
    changeSet: { operations: [{ type: "write", path, content }] },
  });
}

const clone = (...options: string[]) => client.git(["clone", "--quiet", ...options, address, "clone"]);
const inClone = (...args: string[]) => client.git(args, { in: "clone" });

describe("git clone", () => {
  test("gives every version as a commit with its prompt, and files with their bytes and modes", async () => {
    const second = await iterate({ parent: firstId, path: "cart.txt", prompt: "Add a cart\n\nwith a total" });
    await clone();
    expect(await inClone("fsck", "--full", "--strict")).toBe("");
    expect(
      await inClone("log", "--format=%an <%ae>|%cn|%s|%(trailers:key=Graft-Version,valueonly,separator=%x2C)"),
    ).toBe(
      [
        "compatible:scripted <model@graft.invalid>|Graft|Add a cart|2",
        "You <you@graft.invalid>|Graft|Import the project|1",
      ].join("\n"),
    );
    expect((await inClone("log", "-1", "--format=%B")).trim()).toBe(
      `Add a cart\n\nwith a total\n\nGraft-Version: 2\nGraft-Generation: ${second}\nGraft-Kind: iterate\nGraft-Model: compatible:scripted`,
    );
    const file = (path: string) => join(client.directory, "clone", path);
    expect(await readFile(file("README.md"), "utf8")).toBe("# Shop\r\n");
    expect(await readFile(file("ä/ö ü.txt"), "utf8")).toBe("text\n");
    expect(await readlink(file("bin/link"))).toBe("run");
    expect((await lstat(file("bin/run"))).mode & 0o111).not.toBe(0);
    expect(await inClone("status", "--porcelain", "--branch")).toBe("## main...origin/main");
  });

  test("gives branches for other tips and tags for labels, and every version can be fetched", async () => {
    const { generationId: head } = await edit({ parent: firstId, path: "a.txt", content: "a\n" });
    const { generationId: tip } = await edit({ parent: firstId, path: "b.txt", content: "b\n" });
    await edit({ parent: firstId, path: "c.txt", content: "c\n" });
    await server.api.generation.mark({ generationId: tip, label: "try b", isBookmarked: false });
    await server.api.generation.mark({ generationId: head, label: "First release", isBookmarked: false });
    await clone();
    const refs = await inClone("for-each-ref", "--format=%(refname)");
    expect(refs.split("\n")).toEqual([
      "refs/heads/main",
      "refs/remotes/origin/HEAD",
      "refs/remotes/origin/main",
      "refs/remotes/origin/try-b",
      "refs/remotes/origin/v4",
      "refs/tags/First-release",
      "refs/tags/try-b",
    ]);
    await inClone("fetch", "--quiet", "origin", "refs/graft/*:refs/graft/*");
    expect(await inClone("log", "-1", "--format=%(trailers:key=Graft-Version,valueonly)", "refs/graft/v1")).toMatch(
      /^1/,
    );
  });

  test("of a merge has both parents, first the one that it was merged into", async () => {
    const { generationId: ours } = await edit({ parent: firstId, path: "a.txt", content: "a\n" });
    const { generationId: theirs } = await edit({ parent: firstId, path: "b.txt", content: "b\n" });
    await server.api.generation.merge({ projectId, fromGenerationId: theirs });
    await clone();
    const version = (commit: string) =>
      inClone("log", "-1", "--format=%(trailers:key=Graft-Generation,valueonly)", commit);
    expect([(await version("main^1")).trim(), (await version("main^2")).trim()]).toEqual([ours, theirs]);
  });

  test("of a part works: shallow, and without contents", async () => {
    await edit({ parent: firstId, path: "a.txt", content: "a\n" });
    await clone("--depth", "1");
    expect(await inClone("rev-list", "--count", "HEAD")).toBe("1");
    await client.git(["clone", "--quiet", "--filter=blob:none", address, "partial"]);
    expect(await client.git(["show", "HEAD~1:README.md"], { in: "partial" })).toBe("# Shop\r");
  });

  test("works with protocol version 1", async () => {
    await client.git(["-c", "protocol.version=0", "clone", "--quiet", address, "clone"]);
    expect(await inClone("fsck", "--full", "--strict")).toBe("");
  });

  test("of a project without a version is an empty clone", async () => {
    const { id } = await container.database.prisma.project.create({ data: { ownerId: testOwnerId, name: "New" } });
    await client.git(["clone", "--quiet", `${served.url}/git/${id}.git`, "clone"]);
    expect(await inClone("for-each-ref")).toBe("");
  });

  test("run twice while the repository is built gives two complete clones", async () => {
    for (let round = 0; round < 5; round += 1)
      await edit({ parent: firstId, path: `a${round}.txt`, content: `${round}\n` });
    const other = { ...container, gitTurns: { take: ({ act }) => act() } } as Container;
    const otherServed = await serveHandler((request) =>
      handleGitRequest({ request, openContainer: async () => other }),
    );
    await Promise.all([
      clone(),
      client.git(["clone", "--quiet", `${otherServed.url}/git/${projectId}.git`, "other"]),
      client.git(["clone", "--quiet", address, "third"]),
    ]);
    await otherServed.close();
    const ids = await Promise.all(
      ["clone", "other", "third"].map((folder) =>
        client.git(["rev-parse", "origin/main", "origin/v3"], { in: folder }),
      ),
    );
    expect(new Set(ids).size).toBe(1);
  });
});

describe("git pull", () => {
  test("gives the versions since the clone, with the same ids as a new clone", async () => {
    await clone();
    const second = await iterate({ parent: firstId, path: "src/deep/a.txt", prompt: "Add a" });
    await inClone("pull", "--quiet", "--ff-only");
    const { generationId: third } = await edit({ parent: second, path: "src/deep/b.txt", content: "b\n" });
    await server.api.generation.rollback({ projectId, toGenerationId: firstId });
    await inClone("pull", "--quiet", "--ff-only");
    expect(await inClone("rev-list", "--count", "HEAD")).toBe("4");
    expect(await inClone("fsck", "--full", "--strict")).toBe("");
    expect(await inClone("diff", "--stat", "HEAD~3", "HEAD")).toBe("");
    expect(await inClone("log", "-1", "--format=%(trailers:key=Graft-Generation,valueonly)", "HEAD~1")).toContain(
      third,
    );

    const ids = await inClone("rev-list", "HEAD");
    await rm(container.git.directory, { recursive: true });
    container.git = createGitEngine({ directory: join(client.directory, "cache"), searchPath });
    await client.git(["clone", "--quiet", address, "again"]);
    expect(await client.git(["rev-list", "HEAD"], { in: "again" })).toBe(ids);
    await inClone("fetch", "--quiet");
  });

  test("follows a label that moves a branch's name, even if it replaces a directory of names", async () => {
    await edit({ parent: firstId, path: "a.txt", content: "a\n" });
    const { generationId: tip } = await edit({ parent: firstId, path: "b.txt", content: "b\n" });
    await clone();
    for (const label of ["a/b", "a", "a/b/c"]) {
      await server.api.generation.mark({ generationId: tip, label, isBookmarked: false });
      await inClone("fetch", "--quiet", "--prune", "--prune-tags", "--force");
      expect(await inClone("for-each-ref", "--format=%(refname)", "refs/tags")).toBe(`refs/tags/${label}`);
    }
  });

  test("rebuilds a repository whose state is torn or belongs to another history", async () => {
    await clone();
    const ids = await inClone("rev-list", "HEAD");
    const state = join(container.git.directory, `${projectId}.git`, "graft-state.json");
    const { commits, ...rest } = JSON.parse(await readFile(state, "utf8")) as { commits: [string, string][] };
    for (const text of ["{", JSON.stringify({ ...rest, commits: [["another", commits[0]?.[1]]] })]) {
      await writeFile(state, text);
      await client.git(["clone", "--quiet", address, "again"]);
      expect(await client.git(["rev-list", "HEAD"], { in: "again" })).toBe(ids);
      await rm(join(client.directory, "again"), { recursive: true });
    }
  });
});

describe("a git that was killed", () => {
  test.each(["refs/heads/main.lock", "refs/graft/v2.lock", "packed-refs.lock", "HEAD.lock", "config.lock"])(
    "left %s in the repository: the next version can be fetched all the same",
    async (lock) => {
      await clone();
      const path = join(container.git.directory, `${projectId}.git`, lock);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, "");
      await edit({ parent: firstId, path: "a.txt", content: "a\n" });
      await inClone("pull", "--quiet", "--ff-only");
      expect(await inClone("rev-list", "--count", "HEAD")).toBe("2");
      await client.git(["clone", "--quiet", address, "again"]);
      expect(await client.git(["rev-parse", "HEAD"], { in: "again" })).toBe(await inClone("rev-parse", "HEAD"));
    },
  );

  test("left a repository without its objects: it is built again", async () => {
    await clone();
    await rm(join(container.git.directory, `${projectId}.git`, "objects/pack"), { recursive: true });
    await edit({ parent: firstId, path: "a.txt", content: "a\n" });
    await client.git(["clone", "--quiet", address, "again"]);
    expect(await client.git(["fsck", "--full", "--strict"], { in: "again" })).toBe("");
    expect(await client.git(["rev-list", "--count", "HEAD"], { in: "again" })).toBe("2");
  });
});

describe("the history as a bundle", () => {
  const download = async () => {
    const { fileName, stream } = await exportBundle({
      container,
      ownerId: testOwnerId,
      projectId,
      signal: new AbortController().signal,
    });
    expect(fileName).toBe("tree.bundle");
    await writeFile(join(client.directory, fileName), stream);
  };

  test("is cloned by git, with the ids of a clone", async () => {
    await edit({ parent: firstId, path: "a.txt", content: "a\n" });
    await download();
    await client.git(["clone", "--quiet", "tree.bundle", "clone"]);
    await client.git(["clone", "--quiet", address, "other"]);
    expect(await inClone("rev-list", "HEAD")).toBe(await client.git(["rev-list", "HEAD"], { in: "other" }));
  });

  test("of a project without a version is refused", async () => {
    const { id } = await container.database.prisma.project.create({ data: { ownerId: testOwnerId, name: "New" } });
    const answer = await handleApiRequest({
      request: new Request("http://127.0.0.1/", { headers: { host: "127.0.0.1" } }),
      openContainer: async () => container,
      handle: async (context) => {
        await exportBundle({ ...context, projectId: id as ProjectId, signal: new AbortController().signal });
        return new Response();
      },
    });
    expect(answer.status).toBe(404);
  });
});

describe("what is refused", () => {
  /** Sends headers that `fetch` does not allow. */
  const send = ({
    path,
    headers = {},
    method = "GET",
  }: {
    path: string;
    headers?: Record<string, string>;
    method?: string;
  }) =>
    new Promise<{ status: number; code: string | undefined }>((resolve, reject) => {
      const sent = openRequest(`${served.url}${path}`, { method, headers }, (answer) => {
        answer.resume();
        answer.once("end", () =>
          resolve({ status: answer.statusCode ?? 0, code: answer.headers["x-error-code"] as string | undefined }),
        );
      });
      sent.once("error", reject);
      sent.end();
    });

  test.each([
    { path: "/info/refs?service=git-upload-pack", method: "GET" },
    { path: "/git-upload-pack", method: "POST" },
    { path: "/git-receive-pack", method: "POST" },
    { path: "/nothing", method: "GET" },
  ])("$method $path from another origin, or to another host", async ({ path, method }) => {
    const request = { path: `/git/${projectId}.git${path}`, method };
    const foreign: Record<string, string>[] = [
      { origin: "http://evil.example" },
      { origin: "null" },
      { host: "evil.example" },
    ];
    for (const headers of foreign)
      expect(
        await send({ ...request, headers: { "content-type": "application/x-git-upload-pack-request", ...headers } }),
      ).toEqual({
        status: 403,
        code: "FORBIDDEN_ORIGIN",
      });
  });

  test.each([
    "/git",
    "/git/",
    "/git/..%2f..%2fetc.git/info/refs?service=git-upload-pack",
    "/git/unknown.git/info/refs?service=git-upload-pack",
    "/git/PROJECT.git/HEAD",
    "/git/PROJECT.git/objects/info/packs",
    "/git/PROJECT.git/info/refs",
    "/git/PROJECT.git/info/refs?service=git-upload-archive",
    "/git/PROJECT.git/../../x/info/refs?service=git-upload-pack",
  ])("%s, which is not a repository", async (path) => {
    expect((await send({ path: path.replace("PROJECT", projectId) })).status).toBe(404);
  });

  test("everything with one message if the host has no git", async () => {
    container.git = createGitEngine({ directory: join(client.directory, "none"), searchPath: client.directory });
    expect(await send({ path: `/git/${projectId}.git/info/refs?service=git-upload-pack` })).toEqual({
      status: 503,
      code: "GIT_UNAVAILABLE",
    });
    expect(await client.fail(["clone", address, "clone"])).toContain("remote: There is no git on the machine");
  });
});
