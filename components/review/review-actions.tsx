import { MessageSquare, MessagesSquare, Search } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { useWorkbench } from "../workbench/workbench-context.tsx";

/** What a person does from a review's toolbar. `onComment` is null as long as no line is chosen. */
export function ReviewActions({
  unsentCount,
  commentCount,
  onOpenComments,
  onOpenList,
  onFind,
  onHelp,
  onComment,
}: {
  /** Comments that go with the next prompt. */
  unsentCount: number;
  commentCount: number;
  onOpenComments: () => void;
  /** Null where the list of files is beside the surface. */
  onOpenList: (() => void) | null;
  onFind: () => void;
  onHelp: () => void;
  onComment: (() => void) | null;
}) {
  const { focusComposer } = useWorkbench();
  return (
    <>
      {onOpenList !== null && (
        <Button size="sm" look="ghost" onClick={onOpenList}>
          Files
        </Button>
      )}
      <Button size="icon-sm" look="ghost" aria-label="Find" title="Find" onClick={onFind}>
        <Search aria-hidden />
      </Button>
      <Button size="icon-sm" look="ghost" aria-label="Keys" title="Keys" onClick={onHelp}>
        ?
      </Button>
      {commentCount > 0 && (
        <Button size="sm" look="ghost" onClick={onOpenComments}>
          <MessagesSquare aria-hidden />
          {commentCount === 1 ? "1 comment" : `${commentCount} comments`}
        </Button>
      )}
      {onComment !== null && (
        <Button size="sm" look="ghost" onClick={onComment}>
          <MessageSquare aria-hidden />
          Comment
        </Button>
      )}
      <Button size="sm" look={unsentCount > 0 ? "primary" : "secondary"} onClick={focusComposer}>
        {unsentCount === 0 ? "Iterate" : `Iterate with ${unsentCount === 1 ? "1 comment" : `${unsentCount} comments`}`}
      </Button>
    </>
  );
}
