import type { GenerationId, ObjectId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { RepositoryState } from "#server/git/history-repository.ts";
import { listNewObjects } from "#server/git/incoming-repository.ts";
import { ObjectReader } from "#server/git/object-reader.ts";
import type { Transaction } from "#server/store/database.ts";
import { listVersionPlaces } from "#server/store/versions/git-history.ts";
import { createProject, lockHead } from "#server/store/projects.ts";
import { repeatAfterDeadlock } from "#server/store/repeat-after-deadlock.ts";
import { findProjectsOfCommits, labelVersions, lockProjectName } from "#server/store/versions/pushed-commits.ts";
import { moveBranches, type BranchMove } from "./move-branches.ts";
import { refusePush } from "./refuse-push.ts";
import { storeCommits, type PushedSecret } from "./store-commits.ts";

/** The target of a history: an existing project, or a new one. */
export type HistoryTarget =
  | { type: "project"; projectId: ProjectId }
  | {
      type: "new";
      name: string;
      /** What to do if a project of this name has only a part of the history: it may be a push to the wrong address. */
      withKnownPart: "create" | "refuse";
    };

/** A project's own repository before the history was added. */
export type HistoryBase = { repository: string; state: RepositoryState };

export type StoredHistory = {
  projectId: ProjectId;
  /** Versions that were made. */
  versions: number;
  /** A project of this name already had everything. Nothing was stored. */
  isKnown: boolean;
  secrets: readonly PushedSecret[];
  /** Tags whose commit has another label, or is on no accepted branch. */
  unkeptTags: readonly string[];
};

/** Enough for the largest history within the limits, on a busy host. */
const transactionTimeoutMs = 20 * 60_000;

/**
 * Stores the commits that `moves` need as versions and moves the branches, in one transaction. The objects are in
 * `repository`. If a project with the name of a new one already has everything, it is returned unchanged.
 *
 * @throws AppError PUSH_REFUSED, PROJECT_NOT_FOUND, PROJECT_ARCHIVED
 */
export async function storeHistory({
  container: { database, treeObjects, secrets, git },
  ownerId,
  target,
  moves,
  tags = new Map(),
  mainBranch,
  base,
  repository,
  signal,
  onProgress,
}: {
  container: Pick<Container, "database" | "treeObjects" | "secrets" | "git">;
  ownerId: string;
  target: HistoryTarget;
  moves: readonly BranchMove[];
  /** Commits by tag name: they become labels. */
  tags?: ReadonlyMap<string, ObjectId>;
  /** The branch that becomes the active version of a project without one. */
  mainBranch?: string;
  base: HistoryBase | null;
  repository: string;
  signal: AbortSignal;
  onProgress: (progress: { stored: number; total: number }) => void;
}): Promise<StoredHistory> {
  const tips = [...new Set(moves.map(({ newId }) => newId))];
  const knownTips = [...(base?.state.refs ?? [])]
    .filter(([name]) => name.startsWith("refs/heads/"))
    .map(([, id]) => id);
  const { commitIds, sizes } = await listNewObjects({ git, repository, tips, knownTips, signal });
  const objects = new ObjectReader({ git, repository });
  try {
    const transact = () =>
      database.prisma.$transaction(
        async (transaction) => {
          const known = await findKnown({ transaction, ownerId, target, tips, commitIds });
          if (known !== null) return known;
          const { projectId, head } = await openTarget({ transaction, ownerId, target });
          await assertUnchanged({ transaction, projectId, base });
          const generationIds = new Map(
            base?.state.commits.map(({ commitId, generationId }) => [commitId, generationId]),
          );
          const pushedSecrets = await storeCommits({
            transaction,
            treeObjects,
            secrets,
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
          await moveBranches({
            transaction,
            projectId,
            moves,
            mainBranch: head === null ? (mainBranch ?? chooseMain(moves)) : "main",
            headBefore: head,
            generationIds,
          });
          const keptTags = await labelVersions({ transaction, labels: toLabels({ tags, generationIds }) });
          return {
            projectId,
            versions: commitIds.length,
            isKnown: false,
            secrets: pushedSecrets,
            unkeptTags: [...tags.keys()].filter((name) => !keptTags.has(name)),
          };
        },
        { timeout: transactionTimeoutMs },
      );
    return await repeatAfterDeadlock(transact);
  } finally {
    objects.close();
  }
}

/**
 * The project that a repeated push to a new one refers to: it has the same name and every tip. If it has only a part,
 * the user is told to push to it.
 *
 * @throws AppError PUSH_REFUSED
 */
async function findKnown({
  transaction,
  ownerId,
  target,
  tips,
  commitIds,
}: {
  transaction: Transaction;
  ownerId: string;
  target: HistoryTarget;
  tips: readonly ObjectId[];
  commitIds: readonly ObjectId[];
}): Promise<StoredHistory | null> {
  if (target.type !== "new") return null;
  await lockProjectName({ transaction, ownerId, name: target.name });
  const projects = await findProjectsOfCommits({ transaction, ownerId, name: target.name, commitIds });
  const whole = projects.find(({ commitIds: ids }) => tips.every((id) => ids.has(id)));
  if (whole !== undefined)
    return { projectId: whole.projectId, versions: 0, isKnown: true, secrets: [], unkeptTags: [] };
  const [part] = projects;
  if (part === undefined || target.withKnownPart === "create") return null;
  throw refusePush(
    `The project ${JSON.stringify(target.name)} already has ${part.commitIds.size} of these ${commitIds.length} commits. Push to it instead, or to /git/new with another name.`,
    { projectId: part.projectId },
  );
}

async function openTarget({
  transaction,
  ownerId,
  target,
}: {
  transaction: Transaction;
  ownerId: string;
  target: HistoryTarget;
}): Promise<{ projectId: ProjectId; head: GenerationId | null }> {
  if (target.type === "new")
    return { projectId: await createProject({ transaction, ownerId, name: target.name }), head: null };
  return {
    projectId: target.projectId,
    head: await lockHead({ transaction, ownerId, projectId: target.projectId }),
  };
}

/**
 * Checks again, because a run or an edit may have made a version while objects arrived. Locks the project's row from
 * here on.
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
  base: HistoryBase | null;
}): Promise<void> {
  const places = await listVersionPlaces({ transaction, projectId });
  const commits = base?.state.commits ?? [];
  const head = places.find(({ isHead }) => isHead)?.generationId;
  const mainId = base?.state.refs.get("refs/heads/main");
  if (places.length === commits.length && commits.find(({ commitId }) => commitId === mainId)?.generationId === head)
    return;
  throw refusePush("The project got another version while the push was received. Run git pull, then push again.");
}

function toLabels({
  tags,
  generationIds,
}: {
  tags: ReadonlyMap<string, ObjectId>;
  generationIds: ReadonlyMap<ObjectId, GenerationId>;
}): { generationId: GenerationId; label: string }[] {
  return [...tags].flatMap(([label, commitId]) => {
    const generationId = generationIds.get(commitId);
    return generationId === undefined ? [] : [{ generationId, label }];
  });
}

/** The branch of a first push that becomes the active version. */
function chooseMain(moves: readonly BranchMove[]): string {
  const names = moves.map(({ name }) => name);
  return ["main", "master"].find((name) => names.includes(name)) ?? names[0] ?? "main";
}
