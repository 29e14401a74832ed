import { Readable } from "node:stream";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { streamOutput } from "#server/git/stream-output.ts";
import { getProject } from "#server/store/projects.ts";
import { toFileNameSlug } from "../versions/importing/to-file-name-slug.ts";
import { syncRepository } from "./sync-repository.ts";

/**
 * The whole history of a project as one file for `git clone`: branches, tags and the active version.
 *
 * @throws AppError GIT_UNAVAILABLE, PROJECT_NOT_FOUND, GENERATION_NOT_FOUND if there is no version yet,
 *   STORED_CONTENT_DAMAGED
 */
export async function exportBundle({
  container,
  ownerId,
  projectId,
  signal,
}: {
  container: Pick<Container, "database" | "treeObjects" | "git" | "gitTurns">;
  ownerId: string;
  projectId: ProjectId;
  signal: AbortSignal;
}): Promise<{ fileName: string; stream: ReadableStream<Uint8Array> }> {
  const { database, git } = container;
  const { repository, isEmpty } = await syncRepository({ container, ownerId, projectId });
  if (isEmpty)
    throw new AppError({
      code: "GENERATION_NOT_FOUND",
      message: "The project has no version yet, so there is no history to download. Wait for its first run to end.",
    });
  const { name } = await getProject({ database, ownerId, projectId });
  return {
    fileName: `${toFileNameSlug(name)}.bundle`,
    stream: streamOutput({
      git,
      command: { repository, args: ["bundle", "create", "--quiet", "-", "HEAD", "--branches", "--tags"] },
      input: Readable.from([]),
      signal,
    }),
  };
}
