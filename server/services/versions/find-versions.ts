import { limits } from "#lib/contracts/limits.ts";
import type { Page } from "#lib/contracts/page.ts";
import type { GenerationListInput, GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { Container } from "#server/container.ts";
import { findVersionOfCommit } from "#server/services/git/find-version-of-commit.ts";
import { assertProject } from "#server/store/projects.ts";
import { listGenerations } from "#server/store/versions/generation-lists.ts";

/** The versions of a project that match a query, newest first. @throws AppError PROJECT_NOT_FOUND */
export async function findVersions({
  container,
  ownerId,
  input: { projectId, query = "", cursor = null, limit = limits.pageSizeDefault },
}: {
  container: Pick<Container, "database" | "treeObjects" | "git" | "gitTurns">;
  ownerId: string;
  input: GenerationListInput;
}): Promise<Page<GenerationOutput>> {
  const { database } = container;
  await assertProject({ database, ownerId, projectId });
  const ofCommit = await findVersionOfCommit({ container, ownerId, projectId, prefix: query });
  return listGenerations({ database, projectId, query, ofCommit, cursor, limit });
}
