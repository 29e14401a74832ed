import type { z } from "zod";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { previewScreenshotsOutput } from "#lib/contracts/versions/preview.ts";
import type { Container } from "#server/container.ts";
import { listScreenshots } from "#server/store/previews/screenshots.ts";
import { getProject } from "#server/store/projects.ts";

/** The screenshots of a project's versions. @throws AppError PROJECT_NOT_FOUND */
export async function listProjectScreenshots({
  container: { database, findBrowser },
  ownerId,
  projectId,
}: {
  container: Pick<Container, "database" | "findBrowser">;
  ownerId: string;
  projectId: ProjectId;
}): Promise<z.infer<typeof previewScreenshotsOutput>> {
  await getProject({ database, ownerId, projectId });
  const browser = await findBrowser();
  return {
    items: await listScreenshots({ database, ownerId, projectId }),
    unavailableReason: browser.status === "found" ? null : browser.reason,
  };
}
