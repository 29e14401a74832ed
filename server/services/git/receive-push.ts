import type { GenerationId, ObjectId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { ChunkReader } from "#server/git/chunk-reader.ts";
import { GitFailure, type GitEngine } from "#server/git/git-engine.ts";
import { readRepositoryState, type RepositoryState } from "#server/git/history-repository.ts";
import { listNewObjects, receivePack, withIncomingRepository } from "#server/git/incoming-repository.ts";
import { ObjectReader } from "#server/git/object-reader.ts";
import type { PushCommand } from "#server/git/read-push-commands.ts";
import { createProject, lockHead } from "#server/store/projects.ts";
import type { Transaction } from "#server/store/database.ts";
import { listVersionPlaces } from "#server/store/git-history.ts";
import { moveBranches, notFastForward, toBranchMoves, type BranchMove } from "./move-branches.ts";
import { refusePush } from "./refuse-push.ts";
import { storeCommits } from "./store-commits.ts";
import { syncRepository } from "./sync-repository.ts";

/** What a push goes to: a project, or one that it makes. */
export type PushTarget = { type: "project"; projectId: ProjectId } | { type: "new"; name: string };

type PushContainer = Pick<Container, "database" | "treeObjects" | "git" | "gitTurns" | "importTurns">;

/** Of the largest push that the limits allow, on a busy machine. */
const transactionTimeoutMs = 20 * 60_000;

/**
 * Stores the commits of a push as versions and moves the branches, or stores nothing. The objects are in a repository
 * of their own while they are checked; what is kept of them is in the database, from which the project's repository is
 * brought up to date.
 *
 * @throws AppError PUSH_REFUSED, NOT_FAST_FORWARD, GIT_UNAVAILABLE, PROJECT_NOT_FOUND, PROJECT_ARCHIVED
 */
export async function receivePush({
  container,
  ownerId,
  target,
  commands,
  reader,
  signal,
  onProgress,
}: {
  container: PushContainer;
  ownerId: string;
  target: PushTarget;
  commands: readonly PushCommand[];
  reader: ChunkReader;
  signal: AbortSignal;
  onProgress: (progress: { stored: number; total: number }) => void;
}): Promise<{ projectId: ProjectId; versions: number }> {
  const { git, importTurns } = container;
  const moves = toBranchMoves(commands);
  return importTurns.take({
    signal,
    act: async () => {
      const base = await openBase({ container, ownerId, target });
      return withIncomingRepository({
        git,
        base: base?.repository ?? null,
        use: async (repository) => {
          await receivePack({ git, repository, reader });
          return storePush({ container, ownerId, target, moves, base, repository, signal, onProgress });
        },
      });
    },
  });
}

/** The branches that a client may move, and where they are. @throws AppError GIT_UNAVAILABLE, PROJECT_NOT_FOUND */
export async function listPushRefs({
  container,
  ownerId,
  target,
}: {
  container: PushContainer;
  ownerId: string;
  target: PushTarget;
}): Promise<(readonly [ref: string, commitId: ObjectId])[]> {
  const base = await openBase({ container, ownerId, target });
  return [...(base?.state.refs ?? [])].filter(([ref]) => ref.startsWith("refs/heads/"));
}

type Base = { repository: string; state: RepositoryState };

async function openBase({
  container,
  ownerId,
  target,
}: {
  container: PushContainer;
  ownerId: string;
  target: PushTarget;
}): Promise<Base | null> {
  await container.git.assertAvailable();
  if (target.type === "new") return null;
  const { repository } = await syncRepository({ container, ownerId, projectId: target.projectId });
  const state = await readRepositoryState(repository);
  return state === null ? null : { repository, state };
}

async function storePush({
  container: { database, treeObjects, git },
  ownerId,
  target,
  moves,
  base,
  repository,
  signal,
  onProgress,
}: {
  container: PushContainer;
  ownerId: string;
  target: PushTarget;
  moves: readonly BranchMove[];
  base: Base | null;
  repository: string;
  signal: AbortSignal;
  onProgress: (progress: { stored: number; total: number }) => void;
}): Promise<{ projectId: ProjectId; versions: number }> {
  const refs = base?.state.refs ?? new Map<string, ObjectId>();
  for (const move of moves) await assertForward({ git, repository, move, current: refs.get(move.ref) ?? null });
  const tips = [...new Set(moves.map(({ newId }) => newId))];
  const knownTips = [...refs].filter(([name]) => name.startsWith("refs/heads/")).map(([, id]) => id);
  const { commitIds, sizes } = await listNewObjects({ git, repository, tips, knownTips });
  const objects = new ObjectReader({ git, repository });
  try {
    return await database.prisma.$transaction(
      async (transaction) => {
        const { projectId, head } = await openTarget({ transaction, ownerId, target });
        await assertUnchanged({ transaction, projectId, base });
        const generationIds = new Map(
          base?.state.commits.map(({ commitId, generationId }) => [commitId, generationId]),
        );
        await storeCommits({
          transaction,
          treeObjects,
          objects,
          projectId,
          commitIds,
          sizes,
          generationIds,
          onStored: (stored) => {
            signal.throwIfAborted();
            onProgress({ stored, total: commitIds.length });
          },
        });
        const mainBranch = head === null ? chooseMain(moves) : "main";
        await moveBranches({ transaction, projectId, moves, mainBranch, headBefore: head, generationIds });
        return { projectId, versions: commitIds.length };
      },
      { timeout: transactionTimeoutMs },
    );
  } finally {
    objects.close();
  }
}

async function openTarget({
  transaction,
  ownerId,
  target,
}: {
  transaction: Transaction;
  ownerId: string;
  target: PushTarget;
}): Promise<{ projectId: ProjectId; head: GenerationId | null }> {
  if (target.type === "new")
    return { projectId: await createProject({ transaction, ownerId, name: target.name }), head: null };
  return {
    projectId: target.projectId,
    head: await lockHead({ transaction, ownerId, projectId: target.projectId }),
  };
}

/**
 * A run or an edit may have made a version while the objects came. The project's row is held from here on.
 *
 * @throws AppError PUSH_REFUSED
 */
async function assertUnchanged({
  transaction,
  projectId,
  base,
}: {
  transaction: Transaction;
  projectId: ProjectId;
  base: Base | null;
}): Promise<void> {
  const places = await listVersionPlaces({ transaction, projectId });
  const commits = base?.state.commits ?? [];
  const head = places.find(({ isHead }) => isHead)?.generationId;
  const mainId = base?.state.refs.get("refs/heads/main");
  if (places.length === commits.length && commits.find(({ commitId }) => commitId === mainId)?.generationId === head)
    return;
  throw refusePush("The project got another version while the push was received. Run git pull, then push again.");
}

/**
 * @throws AppError NOT_FAST_FORWARD where the branch is not where the client saw it, or where its version would not be
 *   among the ancestors of the new one
 */
async function assertForward({
  git,
  repository,
  move: { name, oldId, newId },
  current,
}: {
  git: GitEngine;
  repository: string;
  move: BranchMove;
  current: ObjectId | null;
}): Promise<void> {
  if (oldId !== current) throw notFastForward(name);
  if (current === null) return;
  try {
    await git.run({ repository, args: ["merge-base", "--is-ancestor", current, newId] });
  } catch (error) {
    if (error instanceof GitFailure && error.code === 1) throw notFastForward(name);
    if (error instanceof GitFailure) throw refusePush(`The commit that ${name} is to be at is missing.`);
    throw error;
  }
}

/** The branch of a first push that becomes the active version. */
function chooseMain(moves: readonly BranchMove[]): string {
  const names = moves.map(({ name }) => name);
  return ["main", "master"].find((name) => names.includes(name)) ?? names[0] ?? "main";
}
