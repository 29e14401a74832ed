import { FilePlus } from "lucide-react";
import { useId, useState } from "react";
import type { GenerationFileListItem } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { editHref, filesHref } from "#lib/hrefs.ts";
import { buttonClass } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { Link } from "../ui/link.tsx";
import { FolderTree } from "./folder-tree.tsx";

const shownMatches = 200;

/** The files of a version as a tree, or as a list while the user filters. */
export function FileBrowser({
  projectId,
  generationId,
  items,
  current,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  items: GenerationFileListItem[];
  current: FilePath | null;
}) {
  const filterId = useId();
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const matching = wanted === "" ? null : items.filter((item) => item.path.toLowerCase().includes(wanted));
  return (
    <nav aria-label="Files" className="flex min-h-0 flex-1 flex-col gap-2">
      <Input
        id={filterId}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        placeholder="Find a file"
        aria-label="Find a file"
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {matching === null ? (
          <FolderTree projectId={projectId} generationId={generationId} items={items} current={current} />
        ) : (
          <ul>
            {matching.slice(0, shownMatches).map((item) => (
              <li key={item.path}>
                <Link
                  href={filesHref({ projectId, generationId, path: item.path })}
                  className="flex h-7 items-center truncate rounded-sm px-2 font-mono text-xs hover:bg-hover"
                >
                  {item.path}
                </Link>
              </li>
            ))}
          </ul>
        )}
        {matching?.length === 0 && <p className="px-2 py-4 text-sm text-muted">No file fits.</p>}
      </div>
      <p className="flex items-center gap-2 px-1 text-xs text-muted">
        <span className="flex-1">{items.length === 1 ? "1 file" : `${formatCount(items.length)} files`}</span>
        <Link href={editHref({ projectId, generationId })} className={buttonClass({ size: "sm" })}>
          <FilePlus aria-hidden />
          New file
        </Link>
      </p>
    </nav>
  );
}
