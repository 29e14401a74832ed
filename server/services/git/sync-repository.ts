import type { GenerationId, ObjectId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { planRefs } from "#server/core/git/plan-refs.ts";
import { GitFailure } from "#server/git/git-engine.ts";
import {
  createRepository,
  readRepositoryState,
  repositoryOf,
  writeRepositoryState,
  type RepositoryState,
} from "#server/git/history-repository.ts";
import { listTreeIds } from "#server/git/list-tree-ids.ts";
import { PackWriter } from "#server/git/pack-writer.ts";
import { logger } from "#server/logger.ts";
import type { Transaction } from "#server/store/database.ts";
import {
  listVersionFacts,
  listVersionPlaces,
  lockHistoryRepository,
  type VersionPlace,
} from "#server/store/versions/git-history.ts";
import { assertProject } from "#server/store/projects.ts";
import type { TreeHash } from "#server/store/contents/directory-codec.ts";
import type { Directories } from "#server/store/contents/tree-objects.ts";
import { writeVersions, type KnownObjects } from "./write-versions.ts";

type GitContainer = Pick<Container, "database" | "treeObjects" | "git" | "gitTurns">;

/** The largest project takes about a minute to write. */
const transactionTimeoutMs = 10 * 60_000;

/**
 * Updates the history repository of a project: adds what is new, and rebuilds a repository that is missing, damaged or
 * of another history. One at a time per process, and locked against other processes. Returns the repository's directory
 * and whether it has a version.
 *
 * @throws AppError GIT_UNAVAILABLE, PROJECT_NOT_FOUND, STORED_CONTENT_DAMAGED
 */
export async function syncRepository({
  container,
  ownerId,
  projectId,
}: {
  container: GitContainer;
  ownerId: string;
  projectId: ProjectId;
}): Promise<{ repository: string; isEmpty: boolean }> {
  const { database, git, gitTurns } = container;
  await git.assertAvailable();
  await assertProject({ database, ownerId, projectId });
  const repository = repositoryOf({ git, projectId });
  const places = await listVersionPlaces({ transaction: database.prisma, projectId });
  const isEmpty = places.length === 0;
  if (isCurrent({ state: await readRepositoryState(repository), places })) return { repository, isEmpty };
  return gitTurns.take({
    act: () =>
      database.prisma.$transaction(
        async (transaction) => {
          await lockHistoryRepository({ transaction, projectId });
          return update({ container, transaction, projectId, repository });
        },
        { timeout: transactionTimeoutMs },
      ),
  });
}

async function update({
  container,
  transaction,
  projectId,
  repository,
}: {
  container: GitContainer;
  transaction: Transaction;
  projectId: ProjectId;
  repository: string;
}): Promise<{ repository: string; isEmpty: boolean }> {
  const { git } = container;
  const places = await listVersionPlaces({ transaction, projectId });
  const found = await readRepositoryState(repository);
  const add = (state: RepositoryState) => addVersions({ container, transaction, places, repository, state });
  const rebuild = async () => add(await createRepository({ git, repository }));
  if (found === null || !isOfHistory({ state: found, places })) await rebuild();
  else
    await add(found).catch((error: unknown) => {
      if (!(error instanceof GitFailure)) throw error;
      // A git that is killed leaves lock files, which no later git removes.
      logger.warn({ projectId, err: error }, "the project's repository is damaged; it is built again");
      return rebuild();
    });
  return { repository, isEmpty: places.length === 0 };
}

/** Adds the versions that `state` lacks. @throws GitFailure if the repository is damaged */
async function addVersions({
  container,
  transaction,
  places,
  repository,
  state,
}: {
  container: GitContainer;
  transaction: Transaction;
  places: readonly VersionPlace[];
  repository: string;
  state: RepositoryState;
}): Promise<void> {
  const { git, treeObjects } = container;
  const generationIds = places.slice(state.commits.length).map(({ generationId }) => generationId);
  const known = await loadKnown({ container, transaction, repository, state, generationIds });
  await writeVersions({ transaction, treeObjects, pack: new PackWriter({ git, repository }), known, generationIds });
  await writeRepositoryState({ git, repository, state: describeState({ places, commitIds: known.commitIds }) });
}

function isCurrent({ state, places }: { state: RepositoryState | null; places: readonly VersionPlace[] }): boolean {
  if (state?.commits.length !== places.length || !isOfHistory({ state, places })) return false;
  const { refs } = describeState({
    places,
    commitIds: new Map(state.commits.map(({ generationId, commitId }) => [generationId, commitId])),
  });
  return refs.size === state.refs.size && [...refs].every(([name, id]) => state.refs.get(name) === id);
}

/** A restored database may have other versions than the repository has seen. */
function isOfHistory({ state, places }: { state: RepositoryState; places: readonly VersionPlace[] }): boolean {
  return state.commits.every(({ generationId }, index) => places[index]?.generationId === generationId);
}

function describeState({
  places,
  commitIds,
}: {
  places: readonly VersionPlace[];
  commitIds: ReadonlyMap<GenerationId, ObjectId>;
}): RepositoryState {
  const commits = places.map(({ generationId, ...place }) => {
    const commitId = commitIds.get(generationId);
    if (commitId === undefined) throw new TypeError(`Version ${place.version} has no commit.`);
    return { ...place, generationId, commitId };
  });
  return {
    commits: commits.map(({ generationId, commitId }) => ({ generationId, commitId })),
    refs: planRefs(commits),
  };
}

/** The ids of written commits, and of everything in the versions that the new ones were made from. */
async function loadKnown({
  container: { git, treeObjects },
  transaction,
  repository,
  state,
  generationIds,
}: {
  container: GitContainer;
  transaction: Transaction;
  repository: string;
  state: RepositoryState;
  generationIds: readonly GenerationId[];
}): Promise<KnownObjects> {
  const commitIds = new Map(state.commits.map(({ generationId, commitId }) => [generationId, commitId]));
  const known: KnownObjects = { blobIds: new Map(), treeIds: new Map(), commitIds };
  if (state.commits.length === 0) return known;
  const versions = await listVersionFacts({ transaction, generationIds });
  const parentIds = new Set(versions.flatMap(({ parentGenerationIds }) => parentGenerationIds));
  const writtenIds = [...parentIds].filter((generationId) => commitIds.has(generationId));
  for (const { generationId, rootTreeHash } of await listVersionFacts({ transaction, generationIds: writtenIds })) {
    const commitId = commitIds.get(generationId);
    if (commitId === undefined) continue;
    const directories = await treeObjects.loadDirectories({ transaction, rootHashes: [rootTreeHash] });
    addKnown({ known, directories, rootTreeHash, ids: await listTreeIds({ git, repository, commitId }) });
  }
  return known;
}

function addKnown({
  known,
  directories,
  rootTreeHash,
  ids,
}: {
  known: KnownObjects;
  directories: Directories;
  rootTreeHash: TreeHash;
  /** By path; the root is the empty path. */
  ids: ReadonlyMap<string, ObjectId>;
}): void {
  const visit = ({ treeHash, path }: { treeHash: TreeHash; path: string }) => {
    const treeId = ids.get(path);
    if (treeId !== undefined) known.treeIds.set(treeHash, treeId);
    for (const [name, entry] of directories.get(treeHash) ?? []) {
      const entryPath = path === "" ? name : `${path}/${name}`;
      const blobId = ids.get(entryPath);
      if (entry.kind === "directory") visit({ treeHash: entry.treeHash, path: entryPath });
      else if (blobId !== undefined) known.blobIds.set(entry.contentHash, blobId);
    }
  };
  visit({ treeHash: rootTreeHash, path: "" });
}
