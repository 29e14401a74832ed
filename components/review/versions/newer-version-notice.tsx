import { useQuery } from "@tanstack/react-query";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { compareHref } from "#lib/hrefs.ts";
import { Link } from "../../ui/link.tsx";

/**
 * Says that another version became active after the one that is reviewed, so that nobody reviews an old one
 * unknowingly.
 */
export function NewerVersionNotice({
  projectId,
  reviewed,
}: {
  projectId: ProjectId;
  reviewed: Pick<GenerationOutput, "generationId" | "version">;
}) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.project.get.queryOptions({ projectId }));
  if (
    data === undefined ||
    data.headGenerationId === null ||
    data.headVersion === null ||
    data.headVersion <= reviewed.version
  )
    return null;
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-x-2 border-b bg-caution-surface px-3 py-1 text-sm text-caution"
    >
      v{data.headVersion} is active, and newer than v{reviewed.version}.
      <Link
        href={compareHref({ projectId, base: reviewed.generationId, head: data.headGenerationId })}
        className="font-medium underline"
      >
        Compare
      </Link>
    </p>
  );
}
