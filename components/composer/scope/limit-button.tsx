import { ListFilter } from "lucide-react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { cn } from "../../ui/class-names.ts";
import { limitPromptTo } from "./prompt-scope.ts";
import { toScopeGlob } from "./scope-globs.ts";

/**
 * Limits the next prompt to a row of a tree or list. For the pointer only: the button is visible while the row is
 * hovered. It is hidden from Tab and screen readers, which use the file's menu, the key and the prompt's field.
 */
export function LimitButton({
  projectId,
  path,
  isFolder,
  className,
}: {
  projectId: ProjectId;
  path: string;
  isFolder: boolean;
  /** Its position. Must also make the button visible while the row is hovered. */
  className: string;
}) {
  const glob = toScopeGlob({ path, isFolder });
  const label = `Limit the prompt to ${glob}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      title={label}
      onClick={() => limitPromptTo({ projectId, glob })}
      className={cn(
        "flex size-6 shrink-0 items-center justify-center rounded-sm bg-raised text-muted opacity-0 hover:text-foreground hover:opacity-100",
        className,
      )}
    >
      <ListFilter aria-hidden className="size-3.5" />
    </button>
  );
}
