"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { previewHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Choice } from "../ui/choice.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Select } from "../ui/select.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { useIsAtLeast } from "../ui/windows/window-width.ts";
import { PreviewPanel } from "./preview-panel.tsx";
import type { PreviewPlace } from "./preview-path.ts";
import { usePreviewWidth, widthOptions } from "./preview-width.ts";
import { useVersionOptions } from "./version-options.ts";

/** Narrower windows show only one of two previews. */
const besideFromPx = 1_024;

type Version = { generationId: GenerationId; version: number };

/** The preview of a version, side by side with that of another version if `beside` names one. */
export function PreviewScreen({
  projectId,
  generationId,
  beside,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  beside: GenerationId | undefined;
}) {
  const trpc = useTRPC();
  const own = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  const other = useQuery(
    trpc.generation.summary.queryOptions(
      beside === undefined || beside === generationId ? skipToken : { generationId: beside },
    ),
  );
  const failed = [own, other].find(({ data, error }) => data === undefined && error !== null);
  const title = [own, other].flatMap(({ data }) => (data === undefined ? [] : [`v${data.version}`])).join(" and ");
  return (
    <div className="flex h-[calc(var(--app-height)-77px)] min-h-120 flex-col max-md:h-[calc(var(--app-height)-125px)]">
      <PageTitle text={`Preview ${title}`} />
      <h1 className="sr-only">Preview of {title}</h1>
      {failed !== undefined ? (
        <div className="p-4">
          <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
        </div>
      ) : own.data === undefined ? (
        <div aria-busy className="p-4">
          <Skeleton className="h-24 w-full max-w-xl" />
        </div>
      ) : (
        <LoadedPreviews projectId={projectId} own={own.data} other={other.data ?? null} />
      )}
    </div>
  );
}

function LoadedPreviews({ projectId, own, other }: { projectId: ProjectId; own: Version; other: Version | null }) {
  const router = useRouter();
  const options = useVersionOptions({ projectId, chosen: other === null ? [own] : [own, other] });
  const { width, px, setWidth } = usePreviewWidth();
  // Both previews share one path, so that the user compares the same page of two versions.
  const [place, setPlace] = useState<PreviewPlace>({ path: "/", visits: 0 });
  const isWide = useIsAtLeast(besideFromPx);
  const [isOtherShown, setIsOtherShown] = useState(false);
  const shown = other === null ? [own] : isWide ? [own, other] : [isOtherShown ? other : own];
  const go = ({ generationId, beside }: { generationId: GenerationId; beside: GenerationId | null }) =>
    router.push(
      previewHref({ projectId, generationId, ...(beside === null || beside === generationId ? {} : { beside }) }),
    );
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-1">
        <Select
          label="Version"
          isLabelHidden
          value={own.generationId}
          options={options}
          onChange={(generationId) => go({ generationId, beside: other?.generationId ?? null })}
          className="max-w-60 flex-1"
        />
        <Select
          label="Beside it"
          isLabelHidden
          value={other?.generationId ?? alone}
          options={[
            { value: alone, label: "No other version" },
            ...options.filter(({ value }) => value !== own.generationId),
          ]}
          onChange={(beside) =>
            go({ generationId: own.generationId, beside: beside === alone ? null : (beside as GenerationId) })
          }
          className="max-w-60 flex-1"
        />
        {other !== null && !isWide && (
          <Choice
            label="Which of the two is shown"
            value={isOtherShown ? "other" : "own"}
            options={[
              { value: "own", label: `v${own.version}`, description: `Show v${own.version}` },
              { value: "other", label: `v${other.version}`, description: `Show v${other.version}` },
            ]}
            onChange={(next) => setIsOtherShown(next === "other")}
          />
        )}
        <Choice
          label="Width of the page"
          value={width}
          options={widthOptions}
          onChange={setWidth}
          className="ml-auto max-sm:hidden"
        />
      </div>
      <div className="flex min-h-0 flex-1 divide-x">
        {shown.map(({ generationId, version }) => (
          <PreviewPanel
            key={generationId}
            projectId={projectId}
            generationId={generationId}
            version={version}
            place={place}
            onPlaceChange={setPlace}
            widthPx={px}
            hasCommands={generationId === shown[0]?.generationId}
          />
        ))}
      </div>
    </>
  );
}

/** The option for no second preview. */
const alone = "alone" as const;
