import { useQuery } from "@tanstack/react-query";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { VersionScreenshot } from "./version-screenshot.tsx";

/** What is known of the page of a version that does not run: its screenshot, or why none will be taken. */
export function StoppedPage({
  projectId,
  generationId,
  version,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  version: number;
}) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.preview.screenshots.queryOptions({ projectId }));
  if (data === undefined) return null;
  if (data.items.some((item) => item.generationId === generationId))
    return (
      <VersionScreenshot projectId={projectId} generationId={generationId} version={version} className="mx-auto mt-3" />
    );
  return data.unavailableReason === null ? null : (
    <p className="mt-1">No screenshot will be taken. {data.unavailableReason}</p>
  );
}
