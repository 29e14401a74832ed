import type { ObjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { ChunkReader } from "#server/git/chunk-reader.ts";
import { GitFailure, type GitEngine } from "#server/git/git-engine.ts";
import { readRepositoryState } from "#server/git/history-repository.ts";
import { receivePack, withIncomingRepository } from "#server/git/incoming-repository.ts";
import type { PushCommand } from "#server/git/read-push-commands.ts";
import { notFastForward, toBranchMoves, type BranchMove } from "./move-branches.ts";
import { refusePush } from "./refuse-push.ts";
import { storeHistory, type HistoryBase, type HistoryTarget, type StoredHistory } from "./store-history.ts";
import { syncRepository } from "./sync-repository.ts";

type PushContainer = Pick<Container, "database" | "treeObjects" | "secrets" | "git" | "gitTurns" | "importTurns">;

/**
 * Stores the commits of a push as versions and moves the branches, or stores nothing. While objects are checked, they
 * are in a temporary repository. They are then stored in the database, from which the project's repository is updated.
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
  target: HistoryTarget;
  commands: readonly PushCommand[];
  reader: ChunkReader;
  signal: AbortSignal;
  onProgress: (progress: { stored: number; total: number }) => void;
}): Promise<StoredHistory> {
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
          await receivePack({ git, repository, reader, signal });
          const refs = base?.state.refs ?? new Map<string, ObjectId>();
          for (const move of moves) await assertForward({ git, repository, move, current: refs.get(move.ref) ?? null });
          return storeHistory({ container, ownerId, target, moves, base, repository, signal, onProgress });
        },
      });
    },
  });
}

/** The branches that a client may move, with their positions. @throws AppError GIT_UNAVAILABLE, PROJECT_NOT_FOUND */
export async function listPushRefs({
  container,
  ownerId,
  target,
}: {
  container: PushContainer;
  ownerId: string;
  target: HistoryTarget;
}): Promise<(readonly [ref: string, commitId: ObjectId])[]> {
  const base = await openBase({ container, ownerId, target });
  return [...(base?.state.refs ?? [])].filter(([ref]) => ref.startsWith("refs/heads/"));
}

async function openBase({
  container,
  ownerId,
  target,
}: {
  container: PushContainer;
  ownerId: string;
  target: HistoryTarget;
}): Promise<HistoryBase | null> {
  await container.git.assertAvailable();
  if (target.type === "new") return null;
  const { repository } = await syncRepository({ container, ownerId, projectId: target.projectId });
  const state = await readRepositoryState(repository);
  return state === null ? null : { repository, state };
}

/**
 * @throws AppError NOT_FAST_FORWARD if the branch is not where the client saw it, or if its version would not be an
 *   ancestor of the new one
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
    if (error instanceof GitFailure && error.code !== null)
      throw refusePush(`The commit that ${name} is to be at is missing.`);
    throw error;
  }
}
