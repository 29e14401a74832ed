import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { checksHref, editHref, filesHref, generationHref, previewHref, reviewHref, schemaHref } from "#lib/hrefs.ts";

type Place = { projectId: ProjectId; generationId: GenerationId };

type WorkTab = {
  name: string;
  href: (place: Place) => string;
  /** Whether an address belongs to the tab. */
  isAt: (at: { pathname: string; place: Place }) => boolean;
  /** A first version has no parent to compare with. */
  needsParent?: true;
};

/** The tabs of the right side for a version, in order. A further one is a row here and its page. */
export const workTabs: readonly WorkTab[] = [
  {
    name: "Changes",
    href: reviewHref,
    isAt: ({ pathname, place }) => pathname === reviewHref(place),
    needsParent: true,
  },
  {
    name: "Files",
    href: filesHref,
    isAt: ({ pathname, place }) =>
      [filesHref(place), editHref(place)].some((path) => pathname === path || pathname.startsWith(`${path}/`)),
  },
  { name: "Schema", href: schemaHref, isAt: ({ pathname, place }) => pathname === schemaHref(place) },
  { name: "Checks", href: checksHref, isAt: ({ pathname, place }) => pathname === checksHref(place) },
  { name: "Preview", href: previewHref, isAt: ({ pathname, place }) => pathname === previewHref(place) },
  { name: "Details", href: generationHref, isAt: ({ pathname, place }) => pathname === generationHref(place) },
];
