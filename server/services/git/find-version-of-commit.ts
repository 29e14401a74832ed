import { isCommitPrefix } from "#lib/commit-prefix.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { readRepositoryState } from "#server/git/history-repository.ts";
import { findGenerationOfCommit } from "#server/store/versions/pushed-commits.ts";
import { syncRepository } from "./sync-repository.ts";

/**
 * The version whose commit id has this prefix; null if the text is no such prefix, or matches none or several. The
 * commit of a version made in Graft is in the project's repository, which is updated first.
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
    // Without git, or with a damaged version, the others are still found by their words.
    if (error instanceof AppError) return null;
    throw error;
  }
}
