import { useQuery } from "@tanstack/react-query";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { compareHref } from "#lib/hrefs.ts";
import { MergeButton } from "../../generation/merge/merge-button.tsx";
import { RollbackButton } from "../../generation/rollback/rollback-button.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { Link } from "../../ui/link.tsx";

/**
 * Says that another version became active after the reviewed one, so that nobody reviews an old one unknowingly, and
 * offers actions.
 */
export function NewerVersionNotice({ projectId, reviewed }: { projectId: ProjectId; reviewed: GenerationOutput }) {
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
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b bg-caution-surface px-3 py-1 text-sm text-caution">
      <p role="status" className="min-w-48 flex-1">
        v{data.headVersion} is active, and newer than v{reviewed.version}.
      </p>
      <Link
        href={compareHref({ projectId, base: reviewed.generationId, head: data.headGenerationId })}
        className={buttonClass({ size: "sm" })}
      >
        Compare
      </Link>
      <RollbackButton
        projectId={projectId}
        generation={reviewed}
        head={{ generationId: data.headGenerationId, version: data.headVersion }}
        size="sm"
      />
      <MergeButton projectId={projectId} generation={reviewed} />
    </div>
  );
}
