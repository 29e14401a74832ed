import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { generationHref, reviewHref, runHref } from "#lib/hrefs.ts";

/** The right side's page for an entry: its changes, its run, or for a first version its page. */
export function entryHref({ projectId, entry }: { projectId: ProjectId; entry: ThreadEntry }): string {
  if (entry.kind === "run") return runHref({ projectId, runId: entry.runId });
  const place = { projectId, generationId: entry.generationId };
  return entry.parentGenerationIds.length > 0 ? reviewHref(place) : generationHref(place);
}

/** Whether the right side shows an entry: its version, or its run. */
export function isEntryShown({
  entry,
  generationId,
  runId,
}: {
  entry: ThreadEntry;
  generationId: GenerationId | null;
  runId: string | null;
}): boolean {
  if (runId !== null) return entry.runId === runId;
  return entry.kind === "generation" && entry.generationId === generationId;
}
