import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";

/** The addresses of all project pages. */
export function projectHref(projectId: ProjectId): string {
  return `/p/${encodeURIComponent(projectId)}`;
}

export function historyHref(projectId: ProjectId): string {
  return `${projectHref(projectId)}/history`;
}

/** The page that lists when a text appeared in the project and when it vanished. */
export function searchHistoryHref({ projectId, query = "" }: { projectId: ProjectId; query?: string }): string {
  return `${historyHref(projectId)}/search${query === "" ? "" : `?q=${encodeURIComponent(query)}`}`;
}

export function runsHref(projectId: ProjectId): string {
  return `${projectHref(projectId)}/runs`;
}

export function runHref({ projectId, runId }: { projectId: ProjectId; runId: RunId }): string {
  return `${runsHref(projectId)}/${encodeURIComponent(runId)}`;
}

/** The page that compares the answers to one request; `runId` is any of them. */
export function candidatesHref({ projectId, runId }: { projectId: ProjectId; runId: RunId }): string {
  return `${projectHref(projectId)}/candidates/${encodeURIComponent(runId)}`;
}

/** An attachment of a run's prompt, served as inert bytes. */
export function attachmentHref({ runId, position }: { runId: RunId; position: number }): string {
  return `/api/runs/${encodeURIComponent(runId)}/attachments/${position}`;
}

type GenerationPlace = { projectId: ProjectId; generationId: GenerationId };

export function generationHref({ projectId, generationId }: GenerationPlace): string {
  return `${projectHref(projectId)}/g/${encodeURIComponent(generationId)}`;
}

/** A version with the focus in the prompt for the next one. */
export function iterateHref(place: GenerationPlace): string {
  return `${generationHref(place)}?iterate=1`;
}

/** The editor for one file of a version, or for a new file if `path` is omitted. */
export function editHref({ path, ...place }: GenerationPlace & { path?: string }): string {
  return `${generationHref(place)}/edit${path === undefined ? "" : `/${encodePath(path)}`}`;
}

export function schemaHref(place: GenerationPlace): string {
  return `${generationHref(place)}/schema`;
}

/** The checks of a version against its parent, or against the version `against`. */
export function checksHref({ against, ...place }: GenerationPlace & { against?: GenerationId }): string {
  return `${generationHref(place)}/checks${against === undefined ? "" : `?against=${encodeURIComponent(against)}`}`;
}

/** The preview screen of a version, optionally side by side with another version's. */
export function previewHref({ beside, ...place }: GenerationPlace & { beside?: GenerationId }): string {
  return `${generationHref(place)}/preview${beside === undefined ? "" : `?with=${encodeURIComponent(beside)}`}`;
}

/** The files of a version, opened at a file and a line if they are given. */
export function filesHref({
  path,
  line,
  ...place
}: GenerationPlace & { path?: string; line?: number | undefined }): string {
  const segments = path === undefined ? "" : `/${encodePath(path)}`;
  return `${generationHref(place)}/files${segments}${line === undefined ? "" : `?L=${line}`}`;
}

/** The review of a version against its parent, opened at a file if `path` is given. */
export function reviewHref({ path, ...place }: GenerationPlace & { path?: string }): string {
  return `${generationHref(place)}/review${path === undefined ? "" : `?file=${encodeURIComponent(path)}`}`;
}

/** The merge of a version into the active one. */
export function mergeHref({ projectId, generationId }: GenerationPlace): string {
  return `${projectHref(projectId)}/merge/${encodeURIComponent(generationId)}`;
}

export function compareHref({
  projectId,
  base,
  head,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
}): string {
  return `${projectHref(projectId)}/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
}

export function archiveHref(generationId: GenerationId): string {
  return `/api/generations/${encodeURIComponent(generationId)}/archive.zip`;
}

/** The image that was taken when a version's preview was first ready. */
export function screenshotHref(generationId: GenerationId): string {
  return `/api/generations/${encodeURIComponent(generationId)}/screenshot.png`;
}

/** The whole history of a project as one file for `git clone`. */
export function historyBundleHref(projectId: ProjectId): string {
  return `/api/projects/${encodeURIComponent(projectId)}/history.bundle`;
}

/** The git remote for clone, pull and push. */
export function repositoryHref(projectId: ProjectId): string {
  return `/git/${encodeURIComponent(projectId)}.git`;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
