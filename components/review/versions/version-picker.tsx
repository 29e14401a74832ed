import { ArrowLeftRight } from "lucide-react";
import { useRouter } from "next/navigation";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { compareHref } from "#lib/hrefs.ts";
import { Button } from "../../ui/button.tsx";
import { VersionButton } from "./version-button.tsx";

/** The two versions of a comparison, each with a picker. */
export function VersionPicker({
  projectId,
  base,
  head,
}: {
  projectId: ProjectId;
  base: GenerationOutput;
  head: GenerationOutput;
}) {
  const router = useRouter();
  const open = (pair: { base: GenerationId; head: GenerationId }) => router.push(compareHref({ projectId, ...pair }));
  return (
    <div className="flex items-center gap-1">
      <VersionButton
        projectId={projectId}
        side="Base"
        version={base}
        other={head}
        onChoose={(next) => open({ base: next, head: head.generationId })}
      />
      <Button
        look="ghost"
        size="icon-sm"
        aria-label="Swap base and head"
        onClick={() => open({ base: head.generationId, head: base.generationId })}
      >
        <ArrowLeftRight aria-hidden />
      </Button>
      <VersionButton
        projectId={projectId}
        side="Head"
        version={head}
        other={base}
        onChoose={(next) => open({ base: base.generationId, head: next })}
      />
    </div>
  );
}
