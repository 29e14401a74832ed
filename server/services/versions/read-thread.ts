import type { z } from "zod";
import { limits } from "#lib/contracts/limits.ts";
import type { projectThreadInput, ThreadOutput } from "#lib/contracts/runs/thread.ts";
import type { Container } from "#server/container.ts";
import { assertProject } from "#server/store/projects.ts";
import { listThreadEntries } from "#server/store/thread-entries.ts";
import { countWaitingRuns } from "#server/store/runs/waiting-runs.ts";

/** A page of a project's history, newest first. @throws AppError PROJECT_NOT_FOUND, INVALID_INPUT */
export async function readThread({
  container: { database },
  ownerId,
  input: { projectId, cursor, limit, only },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof projectThreadInput>;
}): Promise<ThreadOutput> {
  await assertProject({ database, ownerId, projectId });
  const page = await listThreadEntries({
    database,
    projectId,
    hasVersions: only !== "runs",
    cursor: cursor ?? null,
    limit: limit ?? limits.pageSizeDefault,
  });
  const waiting = await countWaitingRuns({ database, projectIds: [projectId] });
  return { ...page, waitingCount: waiting.get(projectId)?.count ?? 0 };
}
