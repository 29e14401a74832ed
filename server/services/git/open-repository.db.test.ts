import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import type {
  OpenRepositoryInput,
  OpenRepositoryLine,
  OpenRepositoryOutput,
} from "#lib/contracts/projects/repository.ts";
import type { Container } from "#server/container.ts";
import { createGitEngine } from "#server/git/git-engine.ts";
import { handleGitRequest } from "#server/http/handle-git-request.ts";
import { handleImportRequest } from "#server/http/handle-import-request.ts";
import { handleOpenRequest } from "#server/http/handle-open-request.ts";
import { verifyHistory } from "#server/services/operations/verify-history.ts";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { serveHandler } from "#server/testing/serve-handler.ts";
import { serveRepositories, type RepositoryHost } from "#server/testing/git/serve-repositories.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";

let server: TestServer;
let container: Container;
let client: GitClient;
let served: { url: string; close(): Promise<void> };
let host: RepositoryHost;
let rules: NonNullable<Parameters<typeof handleOpenRequest>[0]["rules"]>;

beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

beforeEach(async () => {
  client = await createGitClient();
  rules = { allowsFolders: true, allowsPrivate: true, outbound: null };
  const searchPath = process.env["PATH"] ?? "";
  container = { ...server.container, git: createGitEngine({ directory: join(client.directory, "cache"), searchPath }) };
  served = await serveHandler((request) => {
    const openContainer = async () => container;
    const { pathname } = new URL(request.url);
    if (pathname === "/api/projects/open") return handleOpenRequest({ request, openContainer, rules });
    if (pathname === "/api/projects/import") return handleImportRequest({ request, openContainer });
    return handleGitRequest({ request, openContainer });
  });
  await client.git(["init", "--quiet", "--initial-branch=trunk", "source"]);
  host = await serveRepositories(client.directory);
});
afterEach(async () => {
  expect((await verifyHistory({ database: container.database })).faults).toEqual([]);
  expect(await readdir(join(client.directory, "cache/incoming")).catch(() => [])).toEqual([]);
  await host.close();
  await served.close();
  await client.remove();
});

const inSource = (...args: string[]) => client.git(args, { in: "source" });

async function commit(files: Record<string, string>, message: string): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(client.directory, "source", path)), { recursive: true });
    await writeFile(join(client.directory, "source", path), text);
  }
  await inSource("add", "--all");
  await inSource("commit", "--quiet", "--allow-empty", "--message", message);
  return inSource("rev-parse", "HEAD");
}

/** A trunk with a merge, a second branch, and tags of both kinds. */
async function makeHistory(): Promise<void> {
  await commit({ "a.txt": "one\r\n", "run.sh": "#!/bin/sh\n" }, "First");
  await inSource("tag", "light");
  await inSource("tag", "also-light");
  await inSource("checkout", "--quiet", "-b", "side");
  await commit({ "side.txt": "s\n" }, "Side");
  await inSource("tag", "--annotate", "--message", "Notes of the release", "release/1.0");
  await inSource("checkout", "--quiet", "trunk");
  await commit({ "main.txt": "m\n" }, "Main");
  await inSource("merge", "--quiet", "--no-ff", "--message", "Merge side", "side");
  await inSource("checkout", "--quiet", "-b", "feature/x");
  await commit({ "x.txt": "x\n" }, "Feature");
  await inSource("checkout", "--quiet", "trunk");
}

const post = ({
  input,
  headers = {},
  signal,
}: {
  input: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}) =>
  fetch(`${served.url}/api/projects/open`, {
    method: "POST",
    body: JSON.stringify(input),
    headers,
    ...(signal === undefined ? {} : { signal }),
  });

async function open(input: OpenRepositoryInput): Promise<OpenRepositoryOutput> {
  const response = await post({ input });
  const answer = await response.json();
  expect(answer).not.toHaveProperty("error");
  return answer as OpenRepositoryOutput;
}

/** Asserts that a failed import makes no project. Returns the error. */
async function refused(input: unknown, headers?: Record<string, string>): Promise<{ code: string; message: string }> {
  const before = await countProjects();
  const response = await post({ input, ...(headers === undefined ? {} : { headers }) });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await countProjects()).toBe(before);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  expect(error.message).toContain("Nothing was stored.");
  return error;
}

const countProjects = () => container.database.prisma.project.count();

async function cloneAgain(projectId: ProjectId): Promise<void> {
  await client.git(["clone", "--quiet", `${served.url}/git/${projectId}.git`, "again"]);
  expect(await client.git(["fsck", "--full", "--strict"], { in: "again" })).toBe("");
}

const readLabels = async (projectId: ProjectId) =>
  Object.fromEntries(
    (await server.api.generation.list({ projectId, limit: 1_000 })).items.flatMap(({ label, prompt }) =>
      label === null ? [] : [[label, prompt]],
    ),
  );

describe("a repository is opened", () => {
  test("from a URL: its current branch with every commit id, its tags as labels", async () => {
    await makeHistory();
    const opened = await open({ address: `${host.url}/source/.git` });
    expect(opened).toMatchObject({ versionCount: 4, isKnown: false, secretCount: 0 });
    expect(opened.leftOut).toEqual([{ name: "tag light", reason: "its version has another label" }]);
    const project = await server.api.project.get({ projectId: opened.projectId });
    expect(project).toMatchObject({ name: "source", generationCount: 4, headGenerationId: opened.generationId });
    expect(await readLabels(opened.projectId)).toEqual({ "also-light": "First", "release/1.0": "Side" });
    await cloneAgain(opened.projectId);
    expect(await client.git(["rev-list", "HEAD"], { in: "again" })).toBe(await inSource("rev-list", "trunk"));
    expect(await open({ address: `${host.url}/source/.git` })).toMatchObject({ ...opened, isKnown: true, leftOut: [] });
    await commit({ "later.txt": "l\n" }, "Later");
    const later = await open({ address: `${host.url}/source/.git` });
    expect(later).toMatchObject({ isKnown: false, versionCount: 5 });
    expect(later.projectId).not.toBe(opened.projectId);
  });

  test("with all branches: the others become labelled tips", async () => {
    await makeHistory();
    const { projectId, versionCount } = await open({ address: `${host.url}/source`, branches: "all", name: "All" });
    expect(versionCount).toBe(5);
    expect(await readLabels(projectId)).toMatchObject({ "feature/x": "Feature", side: "Side" });
    await cloneAgain(projectId);
    expect(await client.git(["rev-parse", "origin/feature/x"], { in: "again" })).toBe(
      await inSource("rev-parse", "feature/x"),
    );
  });

  test("from a folder, without uncommitted files", async () => {
    await makeHistory();
    await writeFile(join(client.directory, "source/new.txt"), "n");
    const { projectId, generationId } = await open({ address: join(client.directory, "source"), name: "Folder" });
    const { items } = await server.api.generation.files({ generationId });
    expect(items.map(({ path }) => path)).toEqual(["a.txt", "main.txt", "run.sh", "side.txt"]);
    await cloneAgain(projectId);
    expect(await client.git(["rev-list", "HEAD"], { in: "again" })).toBe(await inSource("rev-list", "trunk"));
  });

  test("as the files of its newest commit, ignoring archive attributes", async () => {
    await makeHistory();
    await commit(
      {
        ".gitattributes": "a.txt export-ignore\nb.txt export-subst\nc.txt text eol=crlf\n",
        "b.txt": "$Format:%H$\n",
        "c.txt": "c\n",
      },
      "Attributes",
    );
    const { projectId, generationId, versionCount } = await open({ address: `${host.url}/source`, history: "latest" });
    expect(versionCount).toBe(1);
    expect((await server.api.project.get({ projectId })).generationCount).toBe(1);
    const read = async (path: string) =>
      (await server.api.generation.file({ generationId, path: path as FilePath })).content;
    expect([await read("a.txt"), await read("b.txt"), await read("c.txt")]).toEqual([
      "one\r\n",
      "$Format:%H$\n",
      "c\n",
    ]);
  });

  test("with progress line by line", async () => {
    await makeHistory();
    const response = await post({
      input: { address: `${host.url}/source` },
      headers: { accept: "application/x-ndjson" },
    });
    const lines = (await response.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as OpenRepositoryLine);
    const steps = lines.flatMap((line) => ("progress" in line ? [line.progress.step] : []));
    expect([...new Set(steps)]).toEqual(["wait", "receive", "store"]);
    expect(lines.at(-1)).toMatchObject({ opened: { versionCount: 4 } });
  });

  test("with secrets counted and listed on their version", async () => {
    const secret = ["ghp", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"].join("_");
    await commit({ "ci.yml": `token: ${secret}\n` }, "Add a token");
    const { secretCount, generationId } = await open({ address: `${host.url}/source` });
    expect(secretCount).toBe(1);
    expect((await server.api.generation.get({ generationId })).issues).toMatchObject([{ path: "ci.yml", line: 1 }]);
  });
});

describe("a bundle is imported", () => {
  const send = async (name: string, query = "") => {
    const before = await countProjects();
    const response = await fetch(`${served.url}/api/projects/import?name=Bundled${query}`, {
      method: "POST",
      body: await readFile(join(client.directory, name)),
    });
    return { response, answer: await response.json(), made: (await countProjects()) - before };
  };

  test("with its history, branches and tags", async () => {
    await makeHistory();
    await inSource("bundle", "create", "--quiet", "../all.bundle", "--all", "HEAD");
    const { answer } = await send("all.bundle", "&branches=all");
    const { projectId, versionCount } = answer as OpenRepositoryOutput;
    expect(versionCount).toBe(5);
    expect(await readLabels(projectId)).toEqual({ "also-light": "First", "feature/x": "Feature", side: "Side" });
    await cloneAgain(projectId);
    expect(await client.git(["rev-list", "HEAD"], { in: "again" })).toBe(await inSource("rev-list", "trunk"));
  });

  test("that Graft made has equal commit ids", async () => {
    await makeHistory();
    await inSource("bundle", "create", "--quiet", "../head.bundle", "HEAD");
    const { answer } = await send("head.bundle");
    await cloneAgain((answer as OpenRepositoryOutput).projectId);
    expect(await client.git(["rev-list", "HEAD"], { in: "again" })).toBe(await inSource("rev-list", "trunk"));
  });

  test("that is partial, damaged or empty makes no project", async () => {
    await makeHistory();
    await inSource("bundle", "create", "--quiet", "../part.bundle", "trunk~1..trunk");
    expect(await send("part.bundle")).toMatchObject({
      made: 0,
      answer: { error: { code: "REPOSITORY_REFUSED", message: expect.stringContaining("a part of a history") } },
    });
    await inSource("bundle", "create", "--quiet", "../all.bundle", "--all");
    const bytes = await readFile(join(client.directory, "all.bundle"));
    bytes[bytes.length - 30] = (bytes[bytes.length - 30] ?? 0) ^ 0xff;
    await writeFile(join(client.directory, "damaged.bundle"), bytes);
    expect(await send("damaged.bundle")).toMatchObject({ made: 0, answer: { error: { code: "REPOSITORY_REFUSED" } } });
    await writeFile(join(client.directory, "cut.bundle"), bytes.subarray(0, 60));
    expect(await send("cut.bundle")).toMatchObject({ made: 0, answer: { error: { code: "REPOSITORY_REFUSED" } } });
    await writeFile(join(client.directory, "empty.bundle"), "# v2 git bundle\n\n");
    expect(await send("empty.bundle")).toMatchObject({ made: 0, answer: { error: { code: "REPOSITORY_REFUSED" } } });
  });
});

describe("nothing is imported", () => {
  test("from a private address unless the operator allows it", async () => {
    rules = { ...rules, allowsPrivate: false };
    expect(await refused({ address: `${host.url}/source` })).toMatchObject({ code: "INVALID_INPUT" });
    const { port } = new URL(host.url);
    for (const name of ["127.0.0.1", "localhost", "[::1]", "2130706433", "[::ffff:127.0.0.1]"])
      expect((await refused({ address: `https://${name}:${port}/source` })).message).toContain("of a private network");
  });

  test("from another host that an address redirects to", async () => {
    await makeHistory();
    const other = await serveRepositories(client.directory);
    let asked = 0;
    other.intercept(() => {
      asked += 1;
      return false;
    });
    host.intercept((message, answer) => {
      answer.writeHead(302, { location: `${other.url}${message.url}` }).end();
      return true;
    });
    expect((await refused({ address: `${host.url}/source` })).message).toContain("redirects to another host");
    expect(asked).toBe(0);
    await other.close();
  });

  test("from an address without a repository, or one that needs a login", async () => {
    expect((await refused({ address: `${host.url}/none` })).message).toContain(
      "There is no repository at this address",
    );
    expect((await refused({ address: `${host.url}/source` })).message).toContain("no commit on a branch yet");
    expect((await refused({ address: join(client.directory, "cache") })).message).toContain("no git repository");
    expect((await refused({ address: "/no/such/folder" })).message).toContain("There is no folder");
    host.intercept((_message, answer) => {
      answer.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end();
      return true;
    });
    expect((await refused({ address: `${host.url}/source` })).message).toContain("without a login");
  });

  test("from a folder if folders are disabled or the request is from another host", async () => {
    await makeHistory();
    const address = join(client.directory, "source");
    expect(await refused({ address }, { "x-forwarded-for": "192.0.2.1" })).toMatchObject({ code: "FORBIDDEN_ORIGIN" });
    rules = { ...rules, allowsFolders: false };
    expect(await refused({ address })).toMatchObject({ code: "FORBIDDEN_ORIGIN" });
  });

  test("if a commit contains what Graft cannot hold; it is named", async () => {
    await makeHistory();
    const id = await inSource("rev-parse", "HEAD");
    await inSource("update-index", "--add", "--cacheinfo", `160000,${id},lib`);
    await inSource("commit", "--quiet", "--message", "Add a submodule");
    expect(await refused({ address: `${host.url}/source` })).toMatchObject({
      code: "REPOSITORY_REFUSED",
      message: expect.stringContaining('"Add a submodule": "lib" cannot be in a project: it is a submodule'),
    });
    expect(await open({ address: `${host.url}/source`, history: "latest" })).toMatchObject({ versionCount: 1 });
  });

  test("if git rejects an object; the newest files are imported without it", async () => {
    await makeHistory();
    const tree = await inSource("rev-parse", "HEAD^{tree}");
    await writeFile(
      join(client.directory, "entries"),
      Buffer.concat([Buffer.from("040000 old\0"), Buffer.from(tree, "hex")]),
    );
    const old = await inSource("hash-object", "-t", "tree", "-w", "--literally", "../entries");
    const first = await inSource("commit-tree", old, "-m", "Modes of old");
    const second = await inSource("commit-tree", tree, "-p", first, "-m", "Now");
    await inSource("update-ref", "refs/heads/trunk", second);
    for (const address of [`${host.url}/source`, join(client.directory, "source")])
      expect(await refused({ address })).toMatchObject({
        code: "REPOSITORY_REFUSED",
        message: expect.stringContaining("contains zero-padded file modes"),
      });
    expect(await open({ address: `${host.url}/source`, history: "latest" })).toMatchObject({ versionCount: 1 });
  });

  test("of a shallow clone", async () => {
    await makeHistory();
    await client.git(["clone", "--quiet", "--depth=1", `file://${client.directory}/source`, "shallow"]);
    expect((await refused({ address: join(client.directory, "shallow") })).message).toContain("shallow");
  });

  test("if the client disconnects at any step", async () => {
    for (let index = 0; index < 60; index += 1) await commit({ "a.txt": `${index}\n` }, `Change ${index}`);
    const before = await countProjects();
    for (const step of ["receive", "store", "receive from a host that is silent"]) {
      const asked = Promise.withResolvers<void>();
      const left = Promise.withResolvers<void>();
      if (step.endsWith("silent"))
        host.intercept((message, answer) => {
          if (message.method !== "POST") return false;
          answer.once("close", () => left.resolve());
          asked.resolve();
          return true;
        });
      else [asked, left].forEach(({ resolve }) => resolve());
      const aborting = new AbortController();
      const response = await post({
        input: { address: `${host.url}/source` },
        headers: { accept: "application/x-ndjson" },
        signal: aborting.signal,
      });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ""; !text.includes(`"step":"${step.split(" ")[0]}"`);)
        text += (await reader?.read())?.value ?? "";
      await asked.promise;
      aborting.abort();
      await reader?.cancel().catch(() => undefined);
      // The turn is released when the import has ended.
      await container.importTurns.take({ act: async () => undefined });
      expect(await countProjects()).toBe(before);
      await left.promise;
    }
  });
});
