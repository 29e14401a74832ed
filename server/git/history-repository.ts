import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { generationId, objectId, type GenerationId, type ObjectId, type ProjectId } from "#lib/contracts/ids.ts";
import type { GitEngine } from "./git-engine.ts";

/** What a derived repository contains. Written last, so everything it names exists. */
export type RepositoryState = {
  /** In the order of versions, without a gap. */
  commits: readonly { generationId: GenerationId; commitId: ObjectId }[];
  refs: ReadonlyMap<string, ObjectId>;
};

/** Increased when the repository format changes: a repository in another format is rebuilt. */
const stateFormat = 1;
const stateFile = "graft-state.json";

const storedState = z.object({
  format: z.literal(stateFormat),
  commits: z.array(z.tuple([generationId, objectId])),
  refs: z.record(z.string(), objectId),
});

const emptyState: RepositoryState = { commits: [], refs: new Map() };

const settings: readonly (readonly [name: string, value: string])[] = [
  ["uploadpack.allowFilter", "true"],
  ["uploadpack.allowAnySHA1InWant", "true"],
  ["gc.auto", "0"],
  ["receive.autogc", "false"],
  ["repack.writeBitmaps", "true"],
];

/** The bare repository derived from a project's versions. It may be deleted at any time. */
export function repositoryOf({ git, projectId }: { git: GitEngine; projectId: ProjectId }): string {
  return join(git.directory, `${projectId}.git`);
}

/** The state of a repository; null if there is none, or none in this format. */
export async function readRepositoryState(repository: string): Promise<RepositoryState | null> {
  const text = await readFile(join(repository, stateFile), "utf8").catch(() => null);
  if (text === null) return null;
  const parsed = storedState.safeParse(parseJson(text));
  if (!parsed.success) return null;
  return {
    commits: parsed.data.commits.map(([id, commitId]) => ({ generationId: id, commitId })),
    refs: new Map(Object.entries(parsed.data.refs)),
  };
}

/** Replaces whatever exists by an empty repository. */
export async function createRepository({
  git,
  repository,
}: {
  git: GitEngine;
  repository: string;
}): Promise<RepositoryState> {
  await rm(repository, { recursive: true, force: true });
  await mkdir(repository, { recursive: true });
  await git.run({ repository, args: ["init", "--quiet", "--bare", "--template=", "--object-format=sha1", "."] });
  await git.run({ repository, args: ["symbolic-ref", "HEAD", "refs/heads/main"] });
  for (const [name, value] of settings) await git.run({ repository, args: ["config", name, value] });
  return emptyState;
}

/**
 * Sets a repository's refs to those of `state`, then records the state. The previous refs are read from the repository,
 * because a process that ended in between may have moved some.
 */
export async function writeRepositoryState({
  git,
  repository,
  state,
}: {
  git: GitEngine;
  repository: string;
  state: RepositoryState;
}): Promise<void> {
  const before = await listRefs({ git, repository });
  const deletions = [...before.keys()].filter((name) => !state.refs.has(name)).map((name) => `delete ${name}\0\0`);
  const updates = [...state.refs]
    .filter(([name, id]) => before.get(name) !== id)
    .map(([name, id]) => `update ${name}\0${id}\0\0`);
  // In two steps, because a branch may replace a directory of branches.
  if (deletions.length > 0) await updateRefs({ git, repository, commands: deletions });
  if (updates.length > 0) await updateRefs({ git, repository, commands: updates });
  if (updates.length > maxLooseRefs) await git.run({ repository, args: ["pack-refs", "--all"] });
  const path = join(repository, stateFile);
  await writeFile(`${path}.new`, encodeState(state));
  await rename(`${path}.new`, path);
}

async function listRefs({ git, repository }: { git: GitEngine; repository: string }): Promise<Map<string, string>> {
  const text = (await git.run({ repository, args: ["for-each-ref", "--format=%(refname) %(objectname)"] })).toString(
    "utf8",
  );
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );
}

/** Packs refs: a client's request would read one file per loose ref. */
const maxLooseRefs = 50;

function updateRefs({
  git,
  repository,
  commands,
}: {
  git: GitEngine;
  repository: string;
  commands: readonly string[];
}): Promise<Buffer> {
  return git.run({ repository, args: ["update-ref", "--no-deref", "-z", "--stdin"], input: commands.join("") });
}

function encodeState({ commits, refs }: RepositoryState): string {
  return JSON.stringify({
    format: stateFormat,
    commits: commits.map(({ generationId: id, commitId }) => [id, commitId]),
    refs: Object.fromEntries(refs),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
