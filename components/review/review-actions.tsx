import { AppWindow, MessageSquarePlus, MessagesSquare, Search } from "lucide-react";
import { Button } from "../ui/button.tsx";
import type { usePreviewPane } from "./preview-pane.tsx";
import { useWorkbench } from "../workbench/workbench-context.tsx";

/**
 * The actions in a review's toolbar. All are always present: appearing and disappearing buttons would move the lines.
 */
export function ReviewActions({
  unsentCount,
  commentCount,
  onOpenComments,
  onOpenList,
  previewPane,
  onFind,
  onHelp,
  onComment,
}: {
  /** Comments to send with the next prompt. */
  unsentCount: number;
  commentCount: number;
  onOpenComments: () => void;
  /** Null if the file list is beside the surface. */
  onOpenList: (() => void) | null;
  previewPane: ReturnType<typeof usePreviewPane>;
  onFind: () => void;
  onHelp: () => void;
  /** On the current target. */
  onComment: () => void;
}) {
  const { focusComposer } = useWorkbench();
  return (
    <>
      {onOpenList !== null && (
        <Button size="sm" look="ghost" onClick={onOpenList}>
          Files
        </Button>
      )}
      <Button
        size="icon-sm"
        look={previewPane.isOpen ? "secondary" : "ghost"}
        aria-label="Preview"
        title={previewPane.isPossible ? "The preview beside the lines" : "Go to the preview"}
        aria-pressed={previewPane.isPossible ? previewPane.isOpen : undefined}
        onClick={previewPane.toggle}
        // The tabs also link to it.
        className="max-sm:hidden"
      >
        <AppWindow aria-hidden />
      </Button>
      <Button size="icon-sm" look="ghost" aria-label="Find" title="Find" onClick={onFind}>
        <Search aria-hidden />
      </Button>
      <Button size="icon-sm" look="ghost" aria-label="Keys" title="Keys" onClick={onHelp}>
        ?
      </Button>
      <Button size="icon-sm" look="ghost" aria-label="Comment" title="Comment on what you are at" onClick={onComment}>
        <MessageSquarePlus aria-hidden />
      </Button>
      <Button
        size="sm"
        look="ghost"
        aria-label={commentCount === 1 ? "1 comment" : `${commentCount} comments`}
        title="All comments"
        disabled={commentCount === 0}
        onClick={onOpenComments}
      >
        <MessagesSquare aria-hidden />
        <span className="min-w-3 tabular-nums">{commentCount}</span>
      </Button>
      <Button size="sm" look={unsentCount > 0 ? "primary" : "secondary"} onClick={focusComposer}>
        {unsentCount === 0 ? "Iterate" : `Iterate with ${unsentCount === 1 ? "1 comment" : `${unsentCount} comments`}`}
      </Button>
    </>
  );
}
