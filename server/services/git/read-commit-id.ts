import type { GenerationCommitOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { readRepositoryState } from "#server/git/history-repository.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { syncRepository } from "./sync-repository.ts";

/**
 * The id of a version's commit, the same in every clone. Updates the project's repository first.
 *
 * @throws AppError GENERATION_NOT_FOUND, GIT_UNAVAILABLE, STORED_CONTENT_DAMAGED
 */
export async function readCommitId({
  container,
  ownerId,
  generationId,
}: {
  container: Pick<Container, "database" | "treeObjects" | "git" | "gitTurns">;
  ownerId: string;
  generationId: GenerationId;
}): Promise<GenerationCommitOutput> {
  const { prisma } = container.database;
  const { projectId } = await getStoredGeneration({ transaction: prisma, generationId, ownerId });
  const { repository } = await syncRepository({ container, ownerId, projectId });
  const state = await readRepositoryState(repository);
  const commit = state?.commits.find((each) => each.generationId === generationId);
  if (commit === undefined) throw new TypeError(`Version ${generationId} is in no repository.`);
  return { commitId: commit.commitId };
}
