import { isCommitPrefix } from "#lib/commit-prefix.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { readRepositoryState } from "#server/git/history-repository.ts";
import { findGenerationOfCommit } from "#server/store/versions/pushed-commits.ts";
import { syncRepository } from "./sync-repository.ts";

/**
 * The version whose commit's id begins so; null where the text is no such id, or begins none or more than one. A
 * version that was made in Graft has its commit in the project's repository, which is brought up to date for it.
 */
export async function findVersionOfCommit({
  container,
  ownerId,
  projectId,
  prefix,
}: {
  container: Pick<Container, "database" | "treeObjects" | "git" | "gitTurns">;
  ownerId: string;
  projectId: ProjectId;
  prefix: string;
}): Promise<GenerationId | null> {
  if (!isCommitPrefix(prefix)) return null;
  const commitPrefix = prefix.toLowerCase();
  const pushed = await findGenerationOfCommit({ transaction: container.database.prisma, projectId, commitPrefix });
  if (pushed !== null) return pushed;
  try {
    const { repository } = await syncRepository({ container, ownerId, projectId });
    const state = await readRepositoryState(repository);
    const found = state?.commits.filter(({ commitId }) => commitId.startsWith(commitPrefix)) ?? [];
    return found.length === 1 ? (found[0]?.generationId ?? null) : null;
  } catch (error) {
    // A machine without git, or with a damaged version, still finds the others by their words.
    if (error instanceof AppError) return null;
    throw error;
  }
}
