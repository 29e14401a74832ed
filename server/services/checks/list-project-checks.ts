import type { Check, ProjectChecksOutput } from "#lib/contracts/versions/check.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { Container } from "#server/container.ts";
import { detectChecks } from "#server/core/checks/detect-checks.ts";
import { listManifests } from "#server/core/checks/read-manifests.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { findCheckPlan } from "#server/store/checks/project-checks.ts";
import { getProject } from "#server/store/projects.ts";
import { readSandbox } from "./read-sandbox.ts";
import { toCheckId } from "./to-check-id.ts";

/**
 * The checks of a project. Until the user confirms them, those detected in its active version.
 *
 * @throws AppError PROJECT_NOT_FOUND
 */
export async function listProjectChecks({
  container,
  ownerId,
  projectId,
}: {
  container: Container;
  ownerId: string;
  projectId: ProjectId;
}): Promise<ProjectChecksOutput> {
  const { headGenerationId } = await getProject({ database: container.database, ownerId, projectId });
  const plan = await findCheckPlan({ transaction: container.database.prisma, projectId });
  const found =
    headGenerationId === null
      ? []
      : await findChecks({ container, ownerId, projectId, generationId: headGenerationId });
  const known = new Set(plan?.checks.map(({ checkId }) => checkId));
  return {
    items: plan?.checks ?? found,
    isConfirmed: plan !== null,
    found: plan === null ? [] : found.filter(({ checkId }) => !known.has(checkId)),
    onNewFailure: plan?.onNewFailure ?? "mark",
    sandbox: await readSandbox({ container }),
  };
}

async function findChecks({
  container,
  ownerId,
  projectId,
  generationId,
}: {
  container: Container;
  ownerId: string;
  projectId: ProjectId;
  generationId: GenerationId;
}): Promise<Check[]> {
  const { tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  const paths = [...tree.keys()];
  const manifests = listManifests(paths).flatMap((path) => {
    const entry = tree.get(path);
    const isReadable = entry !== undefined && entry.mode !== "120000" && entry.sizeBytes <= limits.parsedFileBytes;
    return isReadable ? [{ path, contentHash: entry.contentHash }] : [];
  });
  const contents = await loadBlobs({
    transaction: container.database.prisma,
    hashes: manifests.map(({ contentHash }) => contentHash),
  });
  const texts = new Map(
    manifests.map(({ path, contentHash }) => {
      const content = contents.get(contentHash);
      return [path, content === undefined ? "" : (readEncodedText(content)?.text ?? "")] as const;
    }),
  );
  return detectChecks({ paths, texts }).map((check) => ({
    ...check,
    checkId: toCheckId({ projectId, name: check.name }),
    isEnabled: true,
  }));
}
