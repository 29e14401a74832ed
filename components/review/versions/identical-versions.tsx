import type { ReactNode } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { generationHref, historyHref } from "#lib/hrefs.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states/empty-state.tsx";
import { Link } from "../../ui/link.tsx";
import { whyIdentical } from "./why-identical.ts";

type Version = Pick<GenerationOutput, "generationId" | "version" | "kind" | "sourceGenerationId">;

/** Replaces the list and the surface if no file differs: the reason, and links onwards. */
export function IdenticalVersions({
  projectId,
  base,
  head,
  keptCount,
  onShowKept,
}: {
  projectId: ProjectId;
  base: Version;
  head: Version;
  keptCount: number;
  onShowKept: () => void;
}) {
  const actions: ReactNode = (
    <>
      {keptCount > 0 && (
        <Button onClick={onShowKept}>{keptCount === 1 ? "Show the file" : `Show the ${keptCount} files`}</Button>
      )}
      <Link href={generationHref({ projectId, generationId: head.generationId })} className={buttonClass()}>
        How v{head.version} was made
      </Link>
      <Link href={historyHref(projectId)} className={buttonClass()}>
        History
      </Link>
    </>
  );
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-6">
      <EmptyState
        title={
          base.generationId === head.generationId
            ? `v${head.version} is compared with itself.`
            : `v${head.version} is identical to v${base.version}.`
        }
        action={actions}
      >
        <p>{whyIdentical({ base, head })}</p>
      </EmptyState>
    </div>
  );
}
