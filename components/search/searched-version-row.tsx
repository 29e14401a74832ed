import type { ProjectId } from "#lib/contracts/ids.ts";
import type { SearchedChange, SearchedVersion } from "#lib/contracts/versions/search.ts";
import { reviewHref } from "#lib/hrefs.ts";
import { kindWords } from "../generation/kind-words.ts";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";

/** One version with more or fewer matches of a text, and the files concerned. */
export function SearchedVersionRow({ projectId, version: found }: { projectId: ProjectId; version: SearchedVersion }) {
  const { generationId, version, kind, prompt, createdAt, changes, changeCount } = found;
  const place = { projectId, generationId };
  return (
    <li className="flex flex-col gap-1.5 border-b px-3 py-2 text-sm last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <Link href={reviewHref(place)} className="font-mono font-medium hover:underline">
          v{version}
        </Link>
        <span className="min-w-0 flex-1 truncate">{prompt ?? kindWords[kind]}</span>
        <RelativeTime at={createdAt} className="text-xs text-muted" />
      </div>
      <ul aria-label={`Files of v${version}`} className="flex flex-col">
        {changes.map((change) => (
          <li key={change.path} className="flex min-h-6 flex-wrap items-center gap-x-3 text-xs">
            <span className={cn("w-16 shrink-0", change.change === "appeared" ? "text-positive" : "text-negative")}>
              {describeChange(change)}
            </span>
            <Link href={reviewHref({ ...place, path: change.path })} className="min-w-0 font-mono break-all underline">
              {change.path}
            </Link>
            {change.previousPath !== null && (
              <span className="font-mono break-all text-muted">moved from {change.previousPath}</span>
            )}
            <span className="text-muted tabular-nums">
              {change.countBefore} to {change.countAfter}
            </span>
          </li>
        ))}
        {changeCount > changes.length && (
          <li className="text-xs text-muted">and {changeCount - changes.length} more files</li>
        )}
      </ul>
    </li>
  );
}

/** Whether the file gained the text, has more or fewer matches, or lost it. */
function describeChange({ countBefore, countAfter }: SearchedChange): string {
  if (countBefore === 0) return "appeared";
  if (countAfter === 0) return "gone";
  return countAfter > countBefore ? "more" : "fewer";
}
