import type { SourcePlace } from "#lib/contracts/versions/code-schema.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { filesHref } from "#lib/hrefs.ts";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";

export type VersionPlace = { projectId: ProjectId; generationId: GenerationId };

/** A link to the line where something was declared. */
export function PlaceLink({
  version,
  place,
  isLineOnly = false,
}: {
  version: VersionPlace;
  place: SourcePlace;
  isLineOnly?: boolean;
}) {
  return (
    <Link
      href={filesHref({ ...version, path: place.path, line: place.line })}
      className={cn(
        "inline-flex min-h-6 items-center font-mono text-xs text-muted hover:text-foreground hover:underline",
        isLineOnly ? "whitespace-nowrap" : "wrap-anywhere",
      )}
    >
      {isLineOnly ? (
        <>
          <span className="sr-only">{place.path} line </span>
          {place.line}
        </>
      ) : (
        `${place.path}:${place.line}`
      )}
    </Link>
  );
}
