import { createHash } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { limits } from "#lib/contracts/limits.ts";
import type { Container } from "#server/container.ts";
import { computeObjectId, type GitObjectType } from "#server/core/git/compute-object-id.ts";
import { encodePacket, flushPacket } from "#server/core/git/pkt-line.ts";
import { createGitEngine } from "#server/git/git-engine.ts";
import { handleGitRequest } from "#server/http/handle-git-request.ts";
import { verifyHistory } from "#server/services/operations/verify-history.ts";
import { buildDelta, buildPack, type PackEntry } from "#server/testing/git/build-pack.ts";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { makeFailingGit } from "#server/testing/git/failing-git.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { serveHandler } from "#server/testing/serve-handler.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";

let server: TestServer;
let container: Container;
let client: GitClient;
let served: { url: string; close(): Promise<void> };

beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

beforeEach(async () => {
  client = await createGitClient();
  const searchPath = process.env["PATH"] ?? "";
  container = { ...server.container, git: createGitEngine({ directory: join(client.directory, "cache"), searchPath }) };
  served = await serveHandler((request) => handleGitRequest({ request, openContainer: async () => container }));
});
afterEach(async () => {
  expect((await verifyHistory({ database: container.database })).faults).toEqual([]);
  await served.close();
  await client.remove();
});

/** Well above the slowest of them, and far below git's own limit of five minutes. */
const maxMs = 120_000;

const idOf = (type: GitObjectType, body: Uint8Array) => computeObjectId({ type, body });
const zeroId = "0".repeat(40);

const treeOf = (...entries: [mode: string, name: string, id: string][]) =>
  Buffer.concat(
    entries.map(([mode, name, id]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")])),
  );

const commitOf = (treeId: string, parents: string[] = []) =>
  Buffer.from(
    `tree ${treeId}\n${parents.map((id) => `parent ${id}\n`).join("")}author A <a@example.com> 1700000000 +0000\ncommitter A <a@example.com> 1700000000 +0000\n\nHostile\n`,
  );

const blob = Buffer.from("content\n");
const blobId = idOf("blob", blob);

/** A commit of one tree, with extra headers. */
function packOf(tree: Buffer, ...others: PackEntry[]): { entries: PackEntry[]; tip: string } {
  const commit = commitOf(idOf("tree", tree));
  return {
    entries: [{ type: "commit", body: commit }, { type: "tree", body: tree }, ...others],
    tip: idOf("commit", commit),
  };
}

const plain = () => packOf(treeOf(["100644", "a.txt", blobId]), { type: "blob", body: blob });

/** Sends a push byte for byte, as a git client would. Returns the response, after asserting that nothing was stored. */
async function send({
  body,
  headers = {},
}: {
  body: Uint8Array;
  headers?: Record<string, string>;
}): Promise<{ status: number; text: string }> {
  const count = () => container.database.prisma.generation.count();
  const before = [await count(), await container.database.prisma.project.count()];
  const startedAt = performance.now();
  const response = await fetch(`${served.url}/git/new/hostile.git/git-receive-pack`, {
    method: "POST",
    headers: { "content-type": "application/x-git-receive-pack-request", ...headers },
    body: new Uint8Array(body),
  });
  const text = Buffer.from(await response.arrayBuffer()).toString("latin1");
  expect(performance.now() - startedAt).toBeLessThan(maxMs);
  expect([await count(), await container.database.prisma.project.count()]).toEqual(before);
  return { status: response.status, text };
}

const encodeCommands = (lines: readonly string[]) => Buffer.concat([...lines.map(encodePacket), flushPacket]);

const push = ({ tip, pack, ref = "refs/heads/main" }: { tip: string; pack: Uint8Array; ref?: string }) =>
  send({
    body: Buffer.concat([encodeCommands([`${zeroId} ${tip} ${ref}\0 report-status side-band-64k atomic`]), pack]),
  });

async function expectRefused(pushed: Parameters<typeof push>[0], reason: RegExp): Promise<void> {
  const { text } = await push(pushed);
  expect(text).toMatch(reason);
  expect(text).toContain("Nothing was stored");
  expect(text).toMatch(/ng refs\/heads\/main push refused/);
}

test("a pack without any of the manipulations below is stored", async () => {
  const { entries, tip } = plain();
  const before = await container.database.prisma.project.count();
  const response = await fetch(`${served.url}/git/new/honest.git/git-receive-pack`, {
    method: "POST",
    headers: { "content-type": "application/x-git-receive-pack-request" },
    body: new Uint8Array(
      Buffer.concat([encodeCommands([`${zeroId} ${tip} refs/heads/main\0 report-status`]), buildPack({ entries })]),
    ),
  });
  expect(await response.text()).toContain("ok refs/heads/main");
  expect(await container.database.prisma.project.count()).toBe(before + 1);
});

describe("a manipulated pack is refused", () => {
  const { entries, tip } = plain();
  const pack = buildPack({ entries });
  const [commit, tree] = entries as [PackEntry, PackEntry];
  const first = "1".repeat(40);
  const second = "2".repeat(40);
  const delta = buildDelta({ baseBytes: blob.length, copiedBytes: blob.length, times: 1 });

  test.each([
    { name: "wrong checksum", pack: buildPack({ entries, trailer: Buffer.alloc(20) }), reason: /corrupt/ },
    { name: "cut in the middle", pack: pack.subarray(0, pack.length >> 1), reason: /did not accept/ },
    { name: "cut before its checksum", pack: pack.subarray(0, -20), reason: /early EOF|did not accept/ },
    { name: "cut in its header", pack: pack.subarray(0, 9), reason: /lacks objects/ },
    { name: "no pack at all", pack: Buffer.from("x".repeat(200)), reason: /no pack of git/ },
    {
      name: "of another version",
      pack: Buffer.concat([Buffer.from("PACK\0\0\0\u0009"), pack.subarray(8)]),
      reason: /not accept/,
    },
    { name: "more objects than it has", pack: buildPack({ entries, claimedCount: 400 }), reason: /not accept/ },
    {
      name: "fewer objects than it has",
      pack: buildPack({ entries, claimedCount: 1 }),
      reason: /not accept|missing|lacks/,
    },
    {
      name: "more objects than the limit",
      pack: buildPack({ entries, claimedCount: limits.pushedObjects + 1 }),
      reason: /the limit is 500000/,
    },
    {
      name: "all the objects there are",
      pack: buildPack({ entries, claimedCount: 0xffffffff }),
      reason: /the limit is 500000/,
    },
    {
      name: "an object that is longer than it says",
      pack: buildPack({ entries: [commit, tree, { type: "blob", body: blob, claimedBytes: 2 }] }),
      reason: /not accept/,
    },
    {
      name: "an object that is shorter than it says",
      pack: buildPack({ entries: [commit, tree, { type: "blob", body: blob, claimedBytes: 4_000 }] }),
      reason: /not accept/,
    },
    {
      name: "an object of 8 GiB, it says",
      pack: buildPack({ entries: [{ type: "blob", body: blob, claimedBytes: 8 * 1_024 ** 3 }, commit, tree] }),
      reason: /not accept/,
    },
    {
      name: "a commit of 8 GiB, it says",
      pack: buildPack({ entries: [{ type: "commit", body: blob, claimedBytes: 8 * 1_024 ** 3 }] }),
      reason: /not accept/,
    },
    {
      name: "a delta of what nobody has",
      pack: buildPack({ entries: [commit, tree, { type: "reference-delta", body: delta, base: first }] }),
      reason: /not accept/,
    },
    {
      name: "deltas of each other",
      pack: buildPack({
        entries: [
          commit,
          tree,
          { type: "reference-delta", body: delta, base: first },
          { type: "reference-delta", body: delta, base: second },
        ],
      }),
      reason: /not accept/,
    },
    {
      name: "a delta of another size of its base",
      pack: buildPack({
        entries: [
          commit,
          tree,
          { type: "blob", body: blob },
          { type: "reference-delta", body: buildDelta({ baseBytes: 99, copiedBytes: 99, times: 1 }), base: blobId },
        ],
      }),
      reason: /not accept/,
    },
    {
      name: "a delta that copies from beyond its base",
      pack: buildPack({
        entries: [
          commit,
          tree,
          { type: "blob", body: blob },
          {
            type: "reference-delta",
            body: buildDelta({ baseBytes: blob.length, copiedBytes: 60_000, times: 1 }),
            base: blobId,
          },
        ],
      }),
      reason: /not accept/,
    },
    {
      name: "an object of no type",
      pack: Buffer.concat([pack.subarray(0, 12), Buffer.from([0x55]), pack.subarray(13)]),
      reason: /not accept/,
    },
    {
      name: "a tip that is not in it",
      pack: buildPack({ entries: [tree, { type: "blob", body: blob }] }),
      reason: /lacks objects/,
    },
    {
      name: "a tree that is not in it",
      pack: buildPack({ entries: [commit, { type: "blob", body: blob }] }),
      reason: /not accept|lacks/,
    },
    { name: "a file that is not in it", pack: buildPack({ entries: [commit, tree] }), reason: /not accept|lacks/ },
  ])("$name", ({ pack: hostile, reason }) => expectRefused({ tip, pack: hostile }, reason));

  test("any changed byte of it", async () => {
    const flipped = Array.from({ length: 24 }, (_, index) => {
      const bytes = Buffer.from(pack);
      const at = 12 + Math.floor((index * (pack.length - 32)) / 24);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      return bytes;
    });
    for (const bytes of flipped) expect((await push({ tip, pack: bytes })).text).toContain("ng refs/heads/main");
  });
});

describe("what inflates beyond the limits is refused", () => {
  test("a delta that expands 64 kB to 1 GiB", async () => {
    const base = Buffer.alloc(65_535, "a");
    const bomb = buildDelta({ baseBytes: base.length, copiedBytes: base.length, times: 16_400 });
    const { entries, tip } = packOf(
      treeOf(["100644", "bomb", first()]),
      { type: "blob", body: base },
      { type: "reference-delta", body: bomb, base: idOf("blob", base) },
    );
    await expectRefused({ tip, pack: buildPack({ entries }) }, /not accept/);
  });

  test("contents of 1.1 GiB in a pack of some kB, each below the memory limit", async () => {
    const base = Buffer.alloc(65_535, "a");
    const times = Array.from({ length: 6 }, (_, index) => 2_950 + index);
    const ids = times.map((count) => {
      const hash = createHash("sha1").update(`blob ${base.length * count}\0`);
      for (let index = 0; index < count; index += 1) hash.update(base);
      return hash.digest("hex");
    });
    const { entries, tip } = packOf(
      treeOf(...ids.map((id, index): [string, string, string] => ["100644", `b${index}`, id])),
      { type: "blob", body: base },
      ...times.map((count): PackEntry => ({
        type: "reference-delta",
        body: buildDelta({ baseBytes: base.length, copiedBytes: base.length, times: count }),
        base: idOf("blob", base),
      })),
    );
    const pack = buildPack({ entries });
    expect(pack.length).toBeLessThan(65_536);
    await expectRefused({ tip, pack }, /1108 MiB of contents, and the limit is 1024 MiB/);
  });

  test("a compressed request", async () => {
    const body = gzipSync(Buffer.alloc(300 * 1_048_576));
    expect((await send({ body, headers: { "content-encoding": "gzip" } })).status).toBe(400);
  });

  function first(): string {
    return "1".repeat(40);
  }
});

describe("objects of the wrong kind are refused", () => {
  const tree = treeOf(["100644", "a.txt", blobId]);
  const treeId = idOf("tree", tree);
  const common: PackEntry[] = [
    { type: "tree", body: tree },
    { type: "blob", body: blob },
  ];

  test.each([
    { name: "a directory that is a file", hostile: treeOf(["40000", "dir", blobId]) },
    { name: "a file that is a directory", hostile: treeOf(["100644", "file", treeId]) },
    { name: "a link that is a directory", hostile: treeOf(["120000", "link", treeId]) },
    {
      name: "a directory in itself by a wrong order",
      hostile: treeOf(["100644", "b", blobId], ["100644", "a", blobId]),
    },
    { name: "a name twice", hostile: treeOf(["100644", "a", blobId], ["100644", "a", blobId]) },
    { name: "a file and a directory of one name", hostile: treeOf(["100644", "a", blobId], ["40000", "a", treeId]) },
    { name: "no name", hostile: treeOf(["100644", "", blobId]) },
    { name: "a directory that ends early", hostile: tree.subarray(0, -3) },
    { name: "a mode with a zero in front", hostile: treeOf(["040000", "dir", treeId]) },
    { name: "a mode of no file", hostile: treeOf(["777", "a", blobId]) },
    { name: "a mode that is no number", hostile: treeOf(["wxyz", "a", blobId]) },
    { name: ".git in capitals", hostile: treeOf(["100644", ".GIT", blobId]) },
    { name: ".git as Windows shortens it", hostile: treeOf(["100644", "git~1", blobId]) },
    { name: ".git with a point behind it", hostile: treeOf(["100644", ".git.", blobId]) },
    { name: ".git with a letter that macOS ignores", hostile: treeOf(["100644", ".g\u200cit", blobId]) },
    { name: ".git in a directory", hostile: treeOf(["40000", ".git", treeId]) },
    { name: "a stream of NTFS", hostile: treeOf(["100644", "a::$DATA", blobId]) },
    {
      name: "a name that is not UTF-8",
      hostile: Buffer.concat([Buffer.from("100644 \xff\0", "latin1"), Buffer.from(blobId, "hex")]),
    },
    { name: "a name of 5,000 bytes", hostile: treeOf(["100644", "n".repeat(5_000), blobId]) },
    {
      name: "two names that Unicode makes one",
      hostile: treeOf(["100644", "e\u0301", blobId], ["100644", "\u00e9", blobId]),
    },
    {
      name: "two names that some languages make one",
      hostile: treeOf(["100644", "SS", blobId], ["100644", "\u00df", blobId]),
    },
  ])("$name", async ({ hostile }) => {
    const { entries, tip } = packOf(hostile, ...common);
    await expectRefused({ tip, pack: buildPack({ entries }) }, /Nothing was stored/);
  });

  test("a commit of no tree, of a file, with a parent that is no commit, and an object that is no commit", async () => {
    for (const commit of [
      commitOf(blobId),
      commitOf(treeId, [treeId]),
      commitOf("not an id"),
      commitOf(treeId, [zeroId]),
      Buffer.from("tree\n"),
      Buffer.alloc(0),
    ])
      await expectRefused(
        { tip: idOf("commit", commit), pack: buildPack({ entries: [{ type: "commit", body: commit }, ...common] }) },
        /not accept|lacks/,
      );
    await expectRefused({ tip: treeId, pack: buildPack({ entries: common }) }, /is no commit/);
    await expectRefused({ tip: blobId, pack: buildPack({ entries: common }) }, /is no commit/);
  });

  test("directories nested 5,000 deep", async () => {
    let id: string = treeId;
    const levels: PackEntry[] = [];
    for (let depth = 0; depth < 5_000; depth += 1) {
      const body = treeOf(["40000", "d", id]);
      levels.push({ type: "tree", body });
      id = idOf("tree", body);
    }
    const commit = commitOf(id);
    const entries: PackEntry[] = [{ type: "commit", body: commit }, ...levels, ...common];
    await expectRefused({ tip: idOf("commit", commit), pack: buildPack({ entries }) }, /deeper than|not accept/);
  });
});

describe("lines that no client sends are refused", () => {
  const { entries, tip } = plain();
  const pack = buildPack({ entries });

  test("10,000 branches", async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `${zeroId} ${tip} refs/heads/b${index}`);
    const { status, text } = await send({ body: Buffer.concat([encodeCommands(lines), pack]) });
    expect([status, text]).toEqual([400, expect.stringContaining("A push moves at most 100 branches")]);
  });

  test.each([
    "refs/heads/../../etc",
    "refs/heads/a..b",
    "refs/heads/.a",
    "refs/heads/a.lock",
    "refs/heads/-a",
    "refs/heads/a b",
    "refs/heads/a\tb",
    "refs/heads/a~1",
    "refs/heads/",
    "refs/heads/@",
    `refs/heads/${"n".repeat(5_000)}`,
    "refs/graft/v1",
    "refs/notes/x",
    "refs/replace/x",
    "refs/tags/x",
    "refs/remotes/origin/x",
    "refs/stash",
  ])("the ref %s", async (ref) => {
    const { text } = await push({ tip, pack, ref });
    expect(text).toContain("Nothing was stored.");
  });

  test.each([
    ["HEAD in place of a ref", `0063${zeroId} ${tip} HEAD`],
    ["a length that is no number", "zzzz"],
    ["a length that is too small", "0003"],
    ["a line that does not come", "ffff"],
    ["nothing", ""],
    ["an id that is none", encodePacket(`${"g".repeat(40)} ${tip} refs/heads/main`).toString("latin1")],
    ["a shallow clone", encodePacket(`shallow ${tip}`).toString("latin1")],
  ])("%s", async (_name, text) => {
    expect((await send({ body: Buffer.from(text, "latin1") })).status).toBe(400);
  });
});

describe("git's errors for inputs and disks that no test has", () => {
  const withFailing = async ({ command, words }: { command: string; words: string }) => {
    const searchPath = `${await makeFailingGit({ directory: client.directory, command, words })}:${process.env["PATH"] ?? ""}`;
    const engine = createGitEngine({ directory: join(client.directory, "failing-cache"), searchPath });
    container = { ...container, git: engine };
  };
  const pushPlain = () => {
    const { entries, tip } = plain();
    return { tip, pack: buildPack({ entries }) };
  };

  // Two files with one SHA-1 are not available here; git detects them by traces of their construction.
  test("a SHA-1 collision is refused with git's own message", async () => {
    const words = "fatal: SHA-1 appears to be part of a collision attack: 38762cf7f55934b34d179ae6a4c80cadccbb7f0a";
    await withFailing({ command: "index-pack", words });
    await expectRefused(pushPlain(), /SHA-1 appears to be part of a collision attack: 38762cf7/);
  });

  test("a full disk is reported as one", async () => {
    await withFailing({ command: "index-pack", words: "fatal: write error: No space left on device" });
    const { text } = await push(pushPlain());
    expect(text).toContain("disk of Graft's data directory is full");
    expect(text).toMatch(/ng refs\/heads\/main storage full/);
  });
});
