import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { GenerationFileListItem } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { filesHref } from "#lib/hrefs.ts";
import { LimitButton } from "../composer/scope/limit-button.tsx";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";
import { buildFolder, type Folder } from "./build-folder.ts";

type Place = { projectId: ProjectId; generationId: GenerationId; current: FilePath | null };

/**
 * The files as expandable folders, folders before files. A folder that contains only one folder is joined with it in
 * one row.
 */
export function FolderTree({ items, ...place }: Place & { items: GenerationFileListItem[] }) {
  return <FolderRows folder={buildFolder(items.map(({ path }) => path))} place={place} />;
}

function FolderRows({ folder, place }: { folder: Folder; place: Place }) {
  return (
    <ul className="pl-3 first:pl-0">
      {folder.folders.map((child) => (
        <li key={child.path} className="relative">
          <FolderRow
            folder={child}
            place={place}
            isOpenAtStart={folder.path === "" || (place.current?.startsWith(`${child.path}/`) ?? false)}
          />
          <LimitButton
            projectId={place.projectId}
            path={child.path}
            isFolder
            className="absolute top-0.5 right-0.5 [li:has(>details>summary:hover)>&]:opacity-100"
          />
        </li>
      ))}
      {folder.files.map(({ name, path }) => (
        <li key={path} className="relative">
          <Link
            href={filesHref({ ...place, path })}
            aria-current={place.current === path ? "page" : undefined}
            className={cn(
              "flex h-7 items-center truncate rounded-sm px-2 font-mono text-xs hover:bg-hover",
              place.current === path && "bg-accent-surface text-accent",
            )}
          >
            {name}
          </Link>
          <LimitButton
            projectId={place.projectId}
            path={path}
            isFolder={false}
            className="absolute top-0.5 right-0.5 [li:hover>&]:opacity-100"
          />
        </li>
      ))}
    </ul>
  );
}

/** The content of a closed folder is not rendered: a project may have thousands of files. */
function FolderRow({ folder, place, isOpenAtStart }: { folder: Folder; place: Place; isOpenAtStart: boolean }) {
  const [isOpen, setIsOpen] = useState(isOpenAtStart);
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="flex h-7 items-center gap-1 rounded-sm px-1 text-sm hover:bg-hover">
        <ChevronRight aria-hidden className={cn("size-3.5 shrink-0 text-muted", isOpen && "rotate-90")} />
        <span className="truncate">{folder.name}</span>
      </summary>
      {isOpen && <FolderRows folder={folder} place={place} />}
    </details>
  );
}
