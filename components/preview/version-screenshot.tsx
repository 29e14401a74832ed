import { useQuery } from "@tanstack/react-query";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { previewHref, screenshotHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";

/** The page of a version as it was when its preview was first ready; nothing if there is no screenshot. */
export function VersionScreenshot({
  projectId,
  generationId,
  version,
  className,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  version: number;
  className?: string;
}) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.preview.screenshots.queryOptions({ projectId }));
  const taken = data?.items.find((item) => item.generationId === generationId);
  if (taken === undefined) return null;
  return (
    <Link href={previewHref({ projectId, generationId })} className={cn("block w-full max-w-xs", className)}>
      <img
        src={screenshotHref(generationId)}
        alt={`Page of v${version} when its preview was first ready`}
        width={taken.width}
        height={taken.height}
        className="h-auto w-full rounded-sm border bg-surface"
      />
    </Link>
  );
}
