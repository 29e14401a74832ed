import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { previewHref } from "#lib/hrefs.ts";
import type { PreviewPlace } from "../preview/preview-path.ts";
import { useStoredText } from "../ui/hooks/stored-text.ts";
import { Link } from "../ui/link.tsx";
import { lazyPart } from "../ui/states/lazy-part.tsx";
import { useIsAtLeast } from "../ui/windows/window-width.ts";
import { usePreviewWidth } from "../preview/preview-width.ts";

// Loaded lazily, because a review is usually read without a preview.
const PreviewPanel = lazyPart(() => import("../preview/preview-panel.tsx").then((module) => module.PreviewPanel), {
  whileLoading: null,
  isInPlace: true,
});

/** Narrower windows have no room for lines and a page side by side. */
const besideFromPx = 1_600;

type Version = Pick<GenerationOutput, "generationId" | "version">;

/**
 * Whether the preview of the reviewed version is shown beside its lines; this browser remembers it. On narrower windows
 * the toggle opens the preview screen instead, in a comparison with both versions.
 */
export function usePreviewPane({
  projectId,
  base,
  head,
  isAgainstParent,
}: {
  projectId: ProjectId;
  base: Version;
  head: Version;
  isAgainstParent: boolean;
}) {
  const router = useRouter();
  const isPossible = useIsAtLeast(besideFromPx);
  const [stored, setStored] = useStoredText("graft.review.preview");
  const isOpen = isPossible && stored === "open";
  const { generationId } = head;
  return {
    isPossible,
    isOpen,
    toggle: () =>
      isPossible
        ? setStored(isOpen ? null : "open")
        : router.push(
            previewHref({ projectId, generationId, ...(isAgainstParent ? {} : { beside: base.generationId }) }),
          ),
  };
}

/** The preview of the newer version, beside the lines. */
export function PreviewPane({ projectId, base, head }: { projectId: ProjectId; base: Version; head: Version }) {
  const [place, setPlace] = useState<PreviewPlace>({ path: "/", visits: 0 });
  const { px } = usePreviewWidth();
  return (
    <aside aria-label="Preview" className="flex w-[min(42%,860px)] shrink-0 flex-col border-l">
      <PreviewPanel
        projectId={projectId}
        generationId={head.generationId}
        version={head.version}
        place={place}
        onPlaceChange={setPlace}
        widthPx={px}
      />
      <Link
        href={previewHref({ projectId, generationId: head.generationId, beside: base.generationId })}
        className="inline-flex min-h-8 items-center border-t px-3 text-sm text-muted underline hover:text-foreground"
      >
        v{base.version} and v{head.version} side by side
      </Link>
    </aside>
  );
}
