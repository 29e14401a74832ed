import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { restoreBackup, writeBackup } from "#server/database/backup.ts";
import { createGitEngine } from "#server/git/git-engine.ts";
import { handleGitRequest } from "#server/http/handle-git-request.ts";
import { findVersions } from "#server/services/versions/find-versions.ts";
import { verifyHistory } from "#server/services/operations/verify-history.ts";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { serveHandler } from "#server/testing/serve-handler.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { createEmptyTestDatabase } from "#server/testing/test-database.ts";

let server: TestServer;
let container: Container;
let client: GitClient;
let served: { url: string; close(): Promise<void> };
let projectId: ProjectId;
let firstId: GenerationId;

beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

beforeEach(async () => {
  client = await createGitClient();
  const searchPath = process.env["PATH"] ?? "";
  container = { ...server.container, git: createGitEngine({ directory: join(client.directory, "cache"), searchPath }) };
  served = await serveHandler((request) => handleGitRequest({ request, openContainer: async () => container }));
  ({ projectId, generationId: firstId } = await importTree({
    container,
    files: [
      { path: "README.md", text: "# Shop\n", mode: "100644" },
      { path: "src/a.txt", text: "one\ntwo\n", mode: "100644" },
    ],
  }));
  await client.git(["clone", "--quiet", `${served.url}/git/${projectId}.git`, "clone"]);
});
afterEach(async () => {
  expect((await verifyHistory({ database: container.database })).faults).toEqual([]);
  await served.close();
  await client.remove();
});

const inClone = (...args: string[]) => client.git(args, { in: "clone" });

async function write(files: Record<string, string>, folder = "clone"): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(client.directory, folder, path)), { recursive: true });
    await writeFile(join(client.directory, folder, path), text);
  }
}

async function commit(files: Record<string, string>, message: string): Promise<string> {
  await write(files);
  await inClone("add", "--all");
  await inClone("commit", "--quiet", "--allow-empty", "--allow-empty-message", "--message", message);
  return inClone("rev-parse", "HEAD");
}

const listVersions = async (id: ProjectId = projectId) =>
  (await server.api.generation.list({ projectId: id, limit: 1_000 })).items;

/** A push that must fail: nothing is stored, and every ref is unchanged. Returns git's output. */
async function refused(...args: string[]): Promise<string> {
  const before = [await listVersions(), await inClone("ls-remote", "origin")];
  const said = await client.fail(["push", ...args], { in: "clone" });
  expect([await listVersions(), await inClone("ls-remote", "origin")]).toEqual(before);
  return said;
}

async function cloneAgain(address = `${served.url}/git/${projectId}.git`): Promise<string> {
  await client.git(["clone", "--quiet", address, "again"]);
  expect(await client.git(["fsck", "--full", "--strict"], { in: "again" })).toBe("");
  return client.git(["rev-list", "HEAD"], { in: "again" });
}

describe("git push", () => {
  test("makes a version of each commit, moves the active version, and later pulls and pushes work", async () => {
    await commit({ "src/a.txt": "one\n2\n", "src/b.txt": "b\n" }, "Change a\n\nand add b");
    await inClone("mv", "src/b.txt", "src/c.txt");
    await commit({}, "Move b");
    await inClone("push", "--quiet");
    const [third, second] = await listVersions();
    expect(second).toMatchObject({
      version: 2,
      kind: "push",
      author: "user",
      authorName: "Ada",
      prompt: "Change a\n\nand add b",
      parentGenerationIds: [firstId],
      isHead: false,
      counts: { kept: 1, modified: 1, added: 1, deleted: 0, moved: 0, total: 3 },
      additions: 2,
      deletions: 1,
    });
    expect(third).toMatchObject({ version: 3, isHead: true, counts: { moved: 1, kept: 2, total: 3 } });
    const ids = await inClone("rev-list", "HEAD");
    expect(await cloneAgain()).toBe(ids);
    const commitIds = ids.split("\n");
    expect([third?.commitId, second?.commitId]).toEqual(commitIds.slice(0, 2));
    const readCommitId = async (generationId: GenerationId) =>
      (await server.api.generation.commitId({ generationId })).commitId;
    expect(await readCommitId(firstId)).toBe(commitIds[2]);
    const find = async (prefix: string) => {
      const found = await findVersions({ container, ownerId: "local", input: { projectId, query: prefix } });
      return found.items.map(({ version }) => version);
    };
    // One that was pushed, and one that was made in Graft.
    expect(await find(commitIds[1]?.slice(0, 8) ?? "")).toEqual([2]);
    expect(await find(commitIds[2]?.toUpperCase() ?? "")).toEqual([1]);
    expect(await find("0123456789abcdef")).toEqual([]);

    const { generationId } = await server.api.generation.edit({
      parentGenerationId: third?.generationId ?? firstId,
      changeSet: { operations: [{ type: "write", path: "d.txt", content: "d\n" }] },
    });
    await inClone("pull", "--quiet", "--ff-only");
    await commit({ "d.txt": "D\n" }, "Change d");
    await inClone("push", "--quiet");
    expect((await listVersions())[0]).toMatchObject({ version: 5, isHead: true, parentGenerationIds: [generationId] });
  });

  test("keeps a commit's bytes: author, dates, encoding, no message, a signature", async () => {
    await write({ "src/a.txt": "x\n" });
    await inClone("add", "--all");
    const tree = await inClone("write-tree");
    const parent = await inClone("rev-parse", "HEAD");
    const raw = Buffer.from(
      `tree ${tree}\nparent ${parent}\nauthor J\xf6rg <j@example.com> 1000000000 -0730\ncommitter C <c@example.com> 1000000001 +0545\nencoding ISO-8859-1\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\nx-extra 1\n\n`,
      "latin1",
    );
    await writeFile(join(client.directory, "commit"), raw);
    const id = await inClone("hash-object", "-t", "commit", "-w", "../commit");
    await inClone("push", "--quiet", "origin", `${id}:refs/heads/main`);
    expect((await listVersions())[0]).toMatchObject({ authorName: "Jörg", prompt: null, isHead: true });
    expect((await cloneAgain()).split("\n")[0]).toBe(id);
  });

  test("keeps commits with author lines that git reports as wrong, as in public histories", async () => {
    const tree = await inClone("rev-parse", "HEAD^{tree}");
    const parent = await inClone("rev-parse", "HEAD");
    await writeFile(
      join(client.directory, "commit"),
      `tree ${tree}\nparent ${parent}\nauthor A <a@example.com> 1000000000 +051800\ncommitter B<b@example.com 0100\n\nOld\n`,
    );
    const id = await inClone("hash-object", "-t", "commit", "-w", "--literally", "../commit");
    await inClone("push", "--quiet", "origin", `${id}:refs/heads/main`);
    await client.git(["clone", "--quiet", `${served.url}/git/${projectId}.git`, "again"]);
    expect(await client.git(["rev-parse", "HEAD"], { in: "again" })).toBe(id);
  });

  test("keeps modes and links, and a change of only the mode", async () => {
    await write({ run: "#!/bin/sh\n" });
    await symlink("src/a.txt", join(client.directory, "clone/link"));
    await commit({}, "Add a link");
    await inClone("update-index", "--chmod=+x", "run");
    await inClone("commit", "--quiet", "--message", "Make it run");
    await inClone("push", "--quiet");
    expect((await listVersions())[0]).toMatchObject({ counts: { modified: 1, kept: 3 } });
    expect(await cloneAgain()).toBe(await inClone("rev-list", "HEAD"));
  });

  test("of a merge keeps both parents; the ledger is against the first", async () => {
    await inClone("checkout", "--quiet", "-b", "side");
    await commit({ "side.txt": "s\n" }, "Side");
    await inClone("checkout", "--quiet", "main");
    await commit({ "main.txt": "m\n" }, "Main");
    await inClone("merge", "--quiet", "--no-ff", "--message", "Merge side", "side");
    await inClone("push", "--quiet");
    const [merge] = await listVersions();
    expect(merge).toMatchObject({ prompt: "Merge side", isHead: true, counts: { added: 1, kept: 3 } });
    expect(merge?.parentGenerationIds).toHaveLength(2);
    expect(await cloneAgain()).toBe(await inClone("rev-list", "HEAD"));
  });

  test("to another branch makes a labelled tip, which leaves the active version and moves with the branch", async () => {
    await inClone("checkout", "--quiet", "-b", "feature/x");
    await commit({ "x.txt": "1\n" }, "X 1");
    await inClone("push", "--quiet", "origin", "feature/x");
    expect((await listVersions()).map(({ isHead, label }) => [isHead, label])).toEqual([
      [false, "feature/x"],
      [true, null],
    ]);
    await commit({ "x.txt": "2\n" }, "X 2");
    await inClone("push", "--quiet", "origin", "feature/x");
    expect((await listVersions()).map(({ isHead, label }) => [isHead, label])).toEqual([
      [false, "feature/x"],
      [false, null],
      [true, null],
    ]);
    await inClone("push", "--quiet", "origin", "feature/x:main");
    expect((await listVersions())[0]).toMatchObject({ isHead: true, version: 3 });
  });

  test("of a branch that is behind another version, forced or not, is refused with what to do", async () => {
    await server.api.generation.edit({
      parentGenerationId: firstId,
      changeSet: { operations: [{ type: "write", path: "d.txt", content: "d\n" }] },
    });
    await commit({ "e.txt": "e\n" }, "E");
    expect(await refused()).toMatch(/fetch first|rejected/);
    const said = await refused("--force");
    expect(said).toContain("remote: Run git pull, then push again");
    expect(said).toMatch(/! \[(remote )?rejected\] +main -> main \(fetch first\)/);
    await inClone("pull", "--quiet", "--no-rebase", "--no-edit");
    await inClone("push", "--quiet");
    expect((await listVersions())[0]).toMatchObject({ isHead: true, kind: "push" });
    expect(await cloneAgain()).toBe(await inClone("rev-list", "HEAD"));
  });

  test("run twice concurrently: one is stored, the other is refused completely", async () => {
    await client.git(["clone", "--quiet", `${served.url}/git/${projectId}.git`, "other"]);
    await commit({ "e.txt": "e\n" }, "E");
    await client.git(["commit", "--quiet", "--allow-empty", "--message", "Other"], { in: "other" });
    const ends = await Promise.allSettled([
      inClone("push", "--quiet"),
      client.git(["push", "--quiet"], { in: "other" }),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await listVersions()).toHaveLength(2);
  });

  test("deletes nothing, and accepts no tags and no shallow clones", async () => {
    await inClone("checkout", "--quiet", "-b", "gone");
    await commit({ "x.txt": "1\n" }, "X 1");
    await inClone("push", "--quiet", "origin", "gone");
    expect(await refused("origin", ":gone")).toMatch(/remote rejected\] gone/);
    expect(await refused("origin", "gone:v7")).toContain("remote: The branch v7 is named after its version");
    await inClone("tag", "release");
    expect(await refused("origin", "release")).toContain("remote: The tag release cannot be pushed");
    await inClone("tag", "--annotate", "--message", "Release", "annotated");
    expect(await refused("origin", "annotated")).toContain("the message of an annotated tag would be lost");
    expect(await refused("origin", "annotated:refs/heads/annotated")).toContain("is no commit");
    await client.git([
      "clone",
      "--quiet",
      "--depth=1",
      "--branch=gone",
      `${served.url}/git/${projectId}.git`,
      "shallow",
    ]);
    await client.git(["commit", "--quiet", "--allow-empty", "--message", "S"], { in: "shallow" });
    await client.git(["push", "--quiet", "origin", "gone"], { in: "shallow" }).catch(() => undefined);
  });
});

test("lists secrets that commits add in the push and on their versions, once each and without their value", async () => {
  const secret = ["ghp", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"].join("_");
  await commit({ "ci.yml": `on: push\ntoken: ${secret}\n` }, "Add a token");
  await commit({ "ci.yml": `on: pull\ntoken: ${secret}\n` }, "Change beside it");
  const first = await inClone("rev-parse", "--short=12", "HEAD~1");
  const { stderr } = await client.gitWithErrors(["push"], { in: "clone" });
  expect(stderr).toContain("remote: warning: what looks like a secret was pushed");
  expect(stderr).toContain(`remote:   ci.yml:2 in commit ${first}`);
  expect(stderr.match(/ci\.yml:/g)).toHaveLength(1);
  expect(stderr).not.toContain(secret);
  const [third, second] = await listVersions();
  const read = async (id: GenerationId | undefined) =>
    (await server.api.generation.get({ generationId: id ?? firstId })).issues;
  expect(await read(second?.generationId)).toMatchObject([{ validator: "secrets", path: "ci.yml", line: 2 }]);
  expect(await read(third?.generationId)).toEqual([]);
});

test("a restored backup of a pushed history gives clones with the same ids", async () => {
  await commit({ "src/a.txt": "x\n" }, "Change a");
  await commit({}, "");
  await inClone("push", "--quiet");
  const path = join(client.directory, "backup");
  await writeBackup({ connectionString: server.connectionString, path });
  const empty = await createEmptyTestDatabase();
  await restoreBackup({ connectionString: empty.connectionString, path });
  const restored = await startTestServer({
    models: new ScriptedGateway({ turns: [] }),
    connectionString: empty.connectionString,
  });
  const git = createGitEngine({ directory: join(client.directory, "other"), searchPath: process.env["PATH"] ?? "" });
  const other = await serveHandler((request) =>
    handleGitRequest({ request, openContainer: async () => ({ ...restored.container, git }) }),
  );
  expect(await cloneAgain(`${other.url}/git/${projectId}.git`)).toBe(await inClone("rev-list", "HEAD"));
  expect((await verifyHistory({ database: restored.container.database })).faults).toEqual([]);
  await other.close();
  await restored.close();
  await empty.drop();
});

test("fsck finds a pushed version without its commit, and a clone is refused", async () => {
  await commit({ "src/a.txt": "x\n" }, "Change a");
  await inClone("push", "--quiet");
  const { prisma } = container.database;
  const { generationId, commitId, bytes } = await prisma.pushedCommit.findFirstOrThrow({
    where: { generation: { projectId } },
  });
  const change = async (value: Uint8Array) => {
    await prisma.$executeRaw`ALTER TABLE "PushedCommit" DISABLE TRIGGER insert_only`;
    await prisma.pushedCommit.update({ where: { generationId }, data: { bytes: new Uint8Array(value) } });
    await prisma.$executeRaw`ALTER TABLE "PushedCommit" ENABLE TRIGGER insert_only`;
  };
  const damaged = Buffer.from(bytes);
  damaged[damaged.length - 2] = (damaged[damaged.length - 2] ?? 0) ^ 1;
  await change(damaged);
  expect((await verifyHistory({ database: container.database })).faults).toEqual([
    expect.stringContaining("the commit that it was pushed as is missing or damaged"),
  ]);
  await rm(container.git.directory, { recursive: true });
  container.git = createGitEngine({ directory: container.git.directory, searchPath: process.env["PATH"] ?? "" });
  expect(await client.fail(["clone", `${served.url}/git/${projectId}.git`, "again"])).toContain(
    "remote: The commit of v2 does not fit its files",
  );
  await change(bytes);
  expect(commitId).toHaveLength(20);
});

describe("what Graft cannot hold is refused with commit, path and rule", () => {
  const entry = ({ mode, name, id }: { mode: string; name: string; id: string }) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]).toString("latin1");

  test.each([
    { name: "a submodule", mode: "160000", path: "lib", rule: "submodule" },
    { name: "a mode of old", mode: "100664", path: "a", rule: "" },
    { name: "a .git directory", mode: "100644", path: ".git", rule: "" },
    { name: "a step up", mode: "100644", path: "..", rule: "" },
    { name: "a name of Windows", mode: "100644", path: "aux.txt", rule: "reserved" },
    { name: "a backslash", mode: "100644", path: "a\\b", rule: "holds one of" },
    { name: "a name with a slash", mode: "100644", path: "a/b", rule: "" },
  ])("$name", async ({ mode, path, rule }) => {
    const id = await inClone("rev-parse", "HEAD:README.md");
    await writeFile(join(client.directory, "entries"), Buffer.from(entry({ mode, name: path, id }), "latin1"));
    const tree = await inClone("hash-object", "-t", "tree", "-w", "--literally", "../entries");
    const hostile = await inClone("commit-tree", tree, "-p", "HEAD", "-m", "Hostile");
    const said = await refused("origin", `${hostile}:refs/heads/main`);
    expect(said).toContain("remote: Nothing was stored");
    expect(said).toContain(rule);
  });

  test("two names that differ by case, a link that leads outside, and a file that is too large", async () => {
    const id = await inClone("rev-parse", "HEAD:README.md");
    await writeFile(
      join(client.directory, "entries"),
      Buffer.from(entry({ mode: "100644", name: "A", id }) + entry({ mode: "100644", name: "a", id }), "latin1"),
    );
    const tree = await inClone("hash-object", "-t", "tree", "-w", "--literally", "../entries");
    const colliding = await inClone("commit-tree", tree, "-p", "HEAD", "-m", "Two names");
    const said = await refused("origin", `${colliding}:refs/heads/main`);
    expect(said).toContain(`remote: Commit ${colliding.slice(0, 12)} "Two names"`);

    await symlink("../../etc/passwd", join(client.directory, "clone/out"));
    await commit({}, "Link out");
    expect(await refused()).toContain("out is a symbolic link");
    await inClone("reset", "--quiet", "--hard", "HEAD~1");

    await commit({ "large.bin": "\0".repeat(11 * 1_048_576) }, "Large");
    expect(await refused()).toContain('"large.bin" has 11 MiB');
    await inClone("reset", "--quiet", "--hard", "HEAD~1");
    await inClone("push", "--quiet");
  });
});

describe("git push to /git/new", () => {
  test("makes a project whose clone has the same ids", async () => {
    await client.git(["init", "--quiet", "--initial-branch=master", "mine"]);
    const inMine = (...args: string[]) => client.git(args, { in: "mine" });
    for (let round = 0; round < 5; round += 1) {
      await write({ [`d${round}/f.txt`]: `${round}\n`, "x.txt": `${round}\r\n`, empty: "" }, "mine");
      await inMine("add", "--all");
      await inMine("commit", "--quiet", "--message", `Round ${round}`);
    }
    const { stderr } = await client.gitWithErrors(["push", `${served.url}/git/new/My%20shop.git`, "master"], {
      in: "mine",
    });
    const [, address] = /remote set-url <remote> (\S+)/.exec(stderr) ?? [];
    expect(stderr).toContain("remote: 5 versions stored");
    expect(await cloneAgain(address)).toBe(await inMine("rev-list", "HEAD"));
    const [, id] = /\/git\/(.+)\.git$/.exec(address ?? "") ?? [];
    expect(await server.api.project.get({ projectId: id as ProjectId })).toMatchObject({
      name: "My shop",
      headVersion: 5,
    });
  });

  test("repeated makes no second project; for a partial history, git shows the project's address", async () => {
    const countProjects = async () => (await server.api.project.list({})).items.length;
    const target = `${served.url}/git/new/Once.git`;
    const push = () => client.gitWithErrors(["push", target, "main"], { in: "clone" });
    const first = await push();
    const [, address] = /remote set-url <remote> (\S+)/.exec(first.stderr) ?? [];
    const before = await countProjects();
    const again = await push();
    expect(again.stderr).toContain("remote: The project already has all of this, so nothing was stored");
    expect(again.stderr).toContain(`remote set-url <remote> ${address}`);
    await commit({ "later.txt": "l\n" }, "Later");
    expect(await client.fail(["push", target, "main"], { in: "clone" })).toContain(
      'remote: The project "Once" already has 1 of these 2 commits',
    );
    expect(await countProjects()).toBe(before);
    await inClone("push", "--quiet", address ?? "", "main");
    await inClone("push", "--quiet", `${served.url}/git/new/Other.git`, "main");
    expect(await countProjects()).toBe(before + 1);
  });

  test("stores nothing of a refused history, not even the project", async () => {
    const before = (await server.api.project.list({})).items.length;
    await symlink("/etc/passwd", join(client.directory, "clone/out"));
    await commit({}, "Link out");
    await refused(`${served.url}/git/new/other.git`, "main");
    expect((await server.api.project.list({})).items).toHaveLength(before);
  });
});
