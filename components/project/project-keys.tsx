"use client";

import { useRouter } from "next/navigation";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { filesHref, generationHref, historyHref, previewHref, reviewHref } from "#lib/hrefs.ts";

/** `g` and a letter open the pages of a project, for the version in view. */
export function ProjectKeys(place: { projectId: ProjectId; generationId: GenerationId }) {
  const router = useRouter();
  useHotkeys(
    {
      "g o": () => router.push(generationHref(place)),
      "g f": () => router.push(filesHref(place)),
      "g r": () => router.push(reviewHref(place)),
      "g v": () => router.push(previewHref(place)),
      "g h": () => router.push(historyHref(place.projectId)),
    },
    "project",
  );
  return null;
}
