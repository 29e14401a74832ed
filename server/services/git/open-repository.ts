import type { ObjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { OpenProgress, OpenRepositoryOutput, RepositoryChoices } from "#lib/contracts/projects/repository.ts";
import { AppError } from "#lib/errors.ts";
import { readPieces, type ByteSource } from "#server/archive/byte-source.ts";
import type { Container } from "#server/container.ts";
import type { RepositoryAddress } from "#server/core/git/parse-repository-address.ts";
import { planOpenedBranches, type OpenedBranches } from "#server/core/git/plan-opened-branches.ts";
import { toRefName } from "#server/core/git/plan-refs.ts";
import { receivePack, withIncomingRepository } from "#server/git/incoming-repository.ts";
import { listCommitTags } from "#server/git/list-commit-tags.ts";
import { readBundle } from "#server/git/read-bundle.ts";
import type { RemoteRefs } from "#server/git/read-remote-refs.ts";
import type { FetchRules } from "#server/git/fetch-proxy.ts";
import { readBranches, withRemoteRepository, type RemoteRepository } from "#server/git/remote-repository.ts";
import { getProject } from "#server/store/projects.ts";
import { openLatestFiles } from "./open-latest-files.ts";
import { storeHistory, type StoredHistory } from "./store-history.ts";

type RepositorySource =
  | { type: "address"; address: RepositoryAddress; rules: FetchRules }
  | { type: "bundle"; bundle: ByteSource };

type Opening = {
  container: Container;
  ownerId: string;
  name: string;
  source: RepositorySource;
  choices: RepositoryChoices;
  signal: AbortSignal;
  onProgress: (progress: OpenProgress) => void;
};

/**
 * Makes a project from a repository: a version per commit, with the same commit ids, or the files of the newest commit
 * as v1. Everything is first fetched into a temporary repository; a refused or cancelled import leaves nothing.
 *
 * @throws AppError REPOSITORY_UNAVAILABLE if it cannot be read, REPOSITORY_REFUSED if Graft cannot hold its content,
 *   INPUT_TOO_LARGE, INVALID_ARCHIVE, GIT_UNAVAILABLE; the reason of an aborted `signal`
 */
export async function openRepository(opening: Opening): Promise<OpenRepositoryOutput> {
  const { container, choices, signal, onProgress } = opening;
  await container.git.assertAvailable();
  onProgress({ step: "wait" });
  try {
    return await withIncomingRepository({
      git: container.git,
      base: null,
      use: async (repository) => {
        const isLatestAlone = choices.history === "latest";
        const bring = () => bringObjects({ ...opening, repository, isLatestAlone });
        if (isLatestAlone) {
          const { plan } = await container.importTurns.take({ signal, act: bring });
          return openLatestFiles({ ...opening, repository, commitId: plan.main.commitId });
        }
        return container.importTurns.take({
          signal,
          act: async () => storeBrought({ ...opening, repository, brought: await bring() }),
        });
      },
    });
  } catch (error) {
    throw toOpenError(error);
  }
}

type Brought = { plan: OpenedBranches; tags: RemoteRefs["tags"] };

/** Fetches what the choices require into `repository`. */
async function bringObjects({
  container: { git },
  source,
  choices,
  repository,
  isLatestAlone,
  signal,
  onProgress,
}: Opening & { repository: string; isLatestAlone: boolean }): Promise<Brought> {
  onProgress({ step: "receive", share: null });
  if (source.type === "bundle") {
    const { refs, pack } = await readBundle(readPieces(source.bundle));
    const plan = chooseBranches({ refs, choices });
    await receivePack({ git, repository, reader: pack, signal });
    return { plan, tags: refs.tags };
  }
  return withRemoteRepository({
    git,
    repository,
    address: source.address,
    rules: source.rules,
    signal,
    use: async (remote: RemoteRepository) => {
      const refs = await remote.listRefs();
      const { main, others } = chooseBranches({ refs, choices });
      const names = [main.name, ...others.map(({ name }) => name)];
      await remote.fetch({
        branches: names,
        isLatestAlone,
        onProgress: (share) => onProgress({ step: "receive", share }),
      });
      // A branch may have moved since the refs were listed.
      const branches = await readBranches({ git, repository });
      if (branches.size === 0)
        throw refuse(
          "git brought nothing: the repository is a shallow clone. Run git fetch --unshallow in it, then open it again.",
        );
      return { plan: chooseBranches({ refs: { ...refs, branches }, choices }), tags: refs.tags };
    },
  });
}

/** @throws AppError REPOSITORY_REFUSED */
function chooseBranches({ refs, choices }: { refs: RemoteRefs; choices: RepositoryChoices }): OpenedBranches {
  const plan = planOpenedBranches(refs);
  if (plan === null) throw refuse("The repository has no commit on a branch yet.");
  if (choices.branches === "current" || choices.history === "latest") return { ...plan, others: [], leftOut: [] };
  if (plan.others.length >= limits.pushedRefs)
    throw refuse(
      `The repository has ${plan.others.length + 1} branches, and the limit is ${limits.pushedRefs}. Open its current branch alone.`,
    );
  return plan;
}

async function storeBrought({
  container,
  ownerId,
  name,
  repository,
  brought: { plan, tags },
  signal,
  onProgress,
}: Opening & { repository: string; brought: Brought }): Promise<OpenRepositoryOutput> {
  const moves = [plan.main, ...plan.others].map((branch) => ({
    name: branch.name,
    ref: `refs/heads/${branch.name}`,
    oldId: null,
    newId: branch.commitId,
  }));
  const commitTags = await listCommitTags({ git: container.git, repository, tags, signal });
  const [named, unnamed] = partition({ tags: commitTags, canName: (tag) => toRefName(tag) === tag });
  const stored = await storeHistory({
    container,
    ownerId,
    target: { type: "new", name, withKnownPart: "create" },
    moves,
    tags: named,
    mainBranch: plan.main.name,
    base: null,
    repository,
    signal,
    onProgress: (progress) => onProgress({ step: "store", ...progress }),
  });
  const leftOutTags = [...stored.unkeptTags, ...unnamed.keys()];
  return {
    ...(await describeStored({ container, ownerId, stored })),
    leftOut: [
      ...plan.leftOut.map((branch) => ({ ...branch, name: `branch ${branch.name}` })),
      ...leftOutTags.map((tag) => ({ name: `tag ${tag}`, reason: "its version has another label" })),
    ],
  };
}

function partition({
  tags,
  canName,
}: {
  tags: ReadonlyMap<string, ObjectId>;
  canName: (name: string) => boolean;
}): [Map<string, ObjectId>, Map<string, ObjectId>] {
  const isLabel = (name: string) => name.length <= limits.labelCharacters && canName(name);
  return [new Map([...tags].filter(([name]) => isLabel(name))), new Map([...tags].filter(([name]) => !isLabel(name)))];
}

async function describeStored({
  container: { database },
  ownerId,
  stored: { projectId, versions, isKnown, secrets },
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  stored: StoredHistory;
}): Promise<Omit<OpenRepositoryOutput, "leftOut">> {
  const project = await getProject({ database, ownerId, projectId });
  if (project.headGenerationId === null) throw new TypeError(`Project ${projectId} was stored without a version.`);
  return {
    projectId,
    generationId: project.headGenerationId,
    versionCount: isKnown ? project.generationCount : versions,
    isKnown,
    secretCount: secrets.length,
  };
}

/** Reasons for refusing a push apply here too, but clients distinguish the two by code. */
function toOpenError(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== "PUSH_REFUSED") return error;
  return new AppError({
    code: "REPOSITORY_REFUSED",
    message:
      error.details?.["limit"] === "pushedCommits"
        ? `The history has ${String(error.details["count"])} commits, and the limit is ${limits.pushedCommits}. Nothing was stored. Open the latest files without the history, or push the history in parts.`
        : error.message,
    ...(error.details === undefined ? {} : { details: error.details }),
    cause: error,
  });
}

function refuse(reason: string): AppError {
  return new AppError({ code: "REPOSITORY_REFUSED", message: `${reason} Nothing was stored.` });
}
