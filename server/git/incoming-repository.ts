import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ObjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError, type AppErrorDetails } from "#lib/errors.ts";
import type { ChunkReader } from "./chunk-reader.ts";
import { toDiskFull } from "./disk-full.ts";
import { GitFailure, type GitEngine } from "./git-engine.ts";
import { readObjectFault, strictCheck } from "./object-faults.ts";

/** An older folder was left by a process that died. */
const staleMs = 24 * 60 * 60_000;

/** A pack that takes longer to check is a bomb. */
const checkTimeoutMs = 5 * 60_000;

/** No object, table or delta of an accepted pack needs more memory. git aborts above it. */
export const gitMemory = { GIT_ALLOC_LIMIT: String(192 * 1_048_576) };

/**
 * Passes an empty repository for the objects of one push to `use`. It can read the objects of `base`, which is never
 * written to. Deleted when `use` has ended.
 */
export async function withIncomingRepository<Result>({
  git,
  base,
  use,
}: {
  git: GitEngine;
  base: string | null;
  use: (repository: string) => Promise<Result>;
}): Promise<Result> {
  const folder = join(git.directory, "incoming");
  await mkdir(folder, { recursive: true });
  await removeStale(folder);
  const repository = join(folder, `${crypto.randomUUID()}.git`);
  try {
    await mkdir(repository);
    await git.run({ repository, args: ["init", "--quiet", "--bare", "--template=", "--object-format=sha1", "."] });
    if (base !== null) {
      await mkdir(join(repository, "objects/info"), { recursive: true });
      await writeFile(join(repository, "objects/info/alternates"), `${join(base, "objects")}\n`);
    }
    return await use(repository);
  } finally {
    await rm(repository, { recursive: true, force: true });
  }
}

async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const age = await stat(path).catch(() => null);
    if (age !== null && Date.now() - age.mtimeMs > staleMs) await rm(path, { recursive: true, force: true });
  }
}

/**
 * Receives the pack of a push, which git checks object by object.
 *
 * @throws AppError PUSH_REFUSED if it is too large or if git rejects it; ENOSPC if the disk is full
 */
export async function receivePack({
  git,
  repository,
  reader,
  signal,
}: {
  git: GitEngine;
  repository: string;
  reader: ChunkReader;
  signal: AbortSignal;
}): Promise<void> {
  const header = await reader.read(12);
  if (header === null) return;
  const objectCount = header.readUInt32BE(8);
  if (header.toString("latin1", 0, 4) !== "PACK") throw refuse("What came is no pack of git.");
  if (objectCount > limits.pushedObjects)
    throw refuse(`The push has ${objectCount} objects, and the limit is ${limits.pushedObjects}.`);
  if (objectCount === 0) return;
  const args = ["index-pack", "--stdin", "--fix-thin", strictCheck, `--max-input-size=${limits.pushBytes}`];
  const settings = ["-c", "pack.threads=2", "-c", "core.bigFileThreshold=32m", "-c", "core.deltaBaseCacheLimit=32m"];
  const child = git.start({ repository, args: [...settings, ...args], env: gitMemory });
  const stop = () => child.kill("SIGKILL");
  const timer = setTimeout(stop, checkTimeoutMs);
  signal.addEventListener("abort", stop, { once: true });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr = `${stderr}${chunk.toString("utf8")}`.slice(-2_000)));
  child.stdout.resume();
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  try {
    const write = async (chunk: Uint8Array) => {
      if (child.stdin.destroyed || child.stdin.write(chunk)) return;
      await Promise.race([new Promise((resolve) => child.stdin.once("drain", resolve)), ended]);
    };
    await write(header);
    // Reads to the end even if git has failed: the client reads the response only after it has sent everything.
    for await (const chunk of reader.rest()) await write(chunk);
    child.stdin.end();
    const code = await ended;
    signal.throwIfAborted();
    if (code !== 0) throw toDiskFull(stderr) ?? refuse(`git did not accept the objects: ${readReason(stderr)}.`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    stop();
  }
}

function readReason(stderr: string): string {
  const fault = readObjectFault(stderr);
  if (fault !== null) return fault;
  const line = stderr
    .split("\n")
    .map((each) => each.replace(/^(fatal|error): /, "").trim())
    .findLast((each) => each !== "" && !/^(Receiving|Resolving|Unpacking)/.test(each));
  return line ?? "the check took too long or too much memory";
}

type NewObjects = {
  /** Commits that the project does not have, each after its parents. */
  commitIds: ObjectId[];
  sizes: ReadonlyMap<ObjectId, number>;
};

/**
 * The objects that the tips of a push need and `knownTips` do not have.
 *
 * @throws AppError PUSH_REFUSED if an object is missing, if a tip is not a commit, or if a limit is exceeded
 */
export async function listNewObjects({
  git,
  repository,
  tips,
  knownTips,
  signal,
}: {
  git: GitEngine;
  repository: string;
  tips: readonly ObjectId[];
  knownTips: readonly ObjectId[];
  signal: AbortSignal;
}): Promise<NewObjects> {
  const input = [...tips, ...knownTips.map((id) => `^${id}`), ""].join("\n");
  const list = (...args: string[]) =>
    git
      .run({ repository, args: ["rev-list", ...args, "--stdin"], input, env: gitMemory, signal })
      .catch((error: unknown) => {
        // A killed command says nothing about the objects.
        if (error instanceof GitFailure && error.code !== null)
          throw refuse("The push lacks objects that its commits need.");
        throw error;
      });
  const commitIds = readIds(await list("--topo-order", "--reverse"));
  if (commitIds.length > limits.pushedCommits)
    throw refuse(
      `The push has ${commitIds.length} new commits, and the limit is ${limits.pushedCommits}. Push an earlier commit first: git push <address> <commit>:refs/heads/main. Or push a shorter history.`,
      { limit: "pushedCommits", maximum: limits.pushedCommits, count: commitIds.length },
    );
  const objectIds = readIds(await list("--objects"));
  const listed = await git.run({
    repository,
    args: ["cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)"],
    input: `${[...objectIds, ...tips].join("\n")}\n`,
    env: gitMemory,
    signal,
  });
  const sizes = new Map<ObjectId, number>();
  const types = new Map<string, string>();
  let totalBytes = 0;
  for (const line of listed.toString("latin1").split("\n")) {
    const [id = "", type = "", size = ""] = line.split(" ");
    if (!/^\d+$/.test(size)) continue;
    types.set(id, type);
    if (!sizes.has(id as ObjectId)) totalBytes += Number(size);
    sizes.set(id as ObjectId, Number(size));
  }
  if (tips.some((id) => types.get(id) !== "commit"))
    throw refuse(
      "What a branch was pushed to is no commit, but a tag, a tree or a file. Push a commit: git push <address> <commit>^{commit}:refs/heads/<name>.",
    );
  if (totalBytes > limits.pushedObjectBytes)
    throw refuse(
      `The push has ${Math.ceil(totalBytes / 1_048_576)} MiB of contents, and the limit is ${limits.pushedObjectBytes / 1_048_576} MiB.`,
    );
  return { commitIds, sizes };
}

function readIds(output: Buffer): ObjectId[] {
  return output
    .toString("latin1")
    .split("\n")
    .map((line) => line.slice(0, 40))
    .filter((id) => /^[0-9a-f]{40}$/.test(id)) as ObjectId[];
}

function refuse(reason: string, details: AppErrorDetails = {}): AppError {
  return new AppError({ code: "PUSH_REFUSED", message: `${reason} Nothing was stored.`, details });
}
