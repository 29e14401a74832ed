import { useQuery } from "@tanstack/react-query";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { ChangeList } from "../generation/change-list.tsx";
import { LedgerLine } from "../generation/ledger-line.tsx";
import { generationHref, reviewHref } from "#lib/hrefs.ts";
import { VersionScreenshot } from "../preview/version-screenshot.tsx";
import { buttonClass } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";

/** More files than this belong in the review. */
const shownFiles = 40;

/** The selected version beside the list: its whole prompt and its changed files. */
export function VersionPreview({ projectId, generation }: { projectId: ProjectId; generation: GenerationOutput }) {
  const trpc = useTRPC();
  const { generationId, version, prompt, counts, parentGenerationIds, model } = generation;
  const hasParent = parentGenerationIds.length > 0;
  const diff = useQuery(
    trpc.generation.diff.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY, enabled: hasParent }),
  );
  const place = { projectId, generationId };
  return (
    <aside
      aria-label={`v${version}`}
      className="flex max-h-[max(15rem,calc(var(--app-height)-276px))] flex-col gap-3 overflow-y-auto rounded-md border p-3 text-sm max-[1399px]:hidden"
    >
      <h2 className="font-semibold">v{version}</h2>
      {prompt !== null && <p className="break-words whitespace-pre-wrap">{prompt}</p>}
      <p className="text-xs text-muted">
        <LedgerLine counts={counts} />
        {model !== null && <span className="block font-mono">{model}</span>}
      </p>
      <div className="flex gap-2">
        <Link href={generationHref(place)} className={buttonClass({ size: "sm" })}>
          Open
        </Link>
        {hasParent && (
          <Link href={reviewHref(place)} className={buttonClass({ size: "sm" })}>
            Review changes
          </Link>
        )}
      </div>
      <VersionScreenshot {...place} version={version} className="shrink-0" />
      {diff.error !== null && diff.data === undefined ? (
        <ErrorState error={diff.error} onRetry={() => void diff.refetch()} />
      ) : diff.data === undefined ? (
        hasParent && <Skeleton className="h-24" />
      ) : diff.data.files.length === 0 ? (
        <p className="text-muted">Every file is the same as in the parent.</p>
      ) : (
        <>
          <ChangeList
            projectId={projectId}
            generationId={generationId}
            target="review"
            label={`Files that v${version} changed`}
            changes={diff.data.files
              .slice(0, shownFiles)
              .map(({ status, ...file }) => ({ ...file, disposition: status }))}
          />
          {diff.data.files.length > shownFiles && (
            <p className="text-muted">And {formatCount(diff.data.files.length - shownFiles)} more.</p>
          )}
        </>
      )}
    </aside>
  );
}
