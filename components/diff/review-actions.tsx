import { MessageSquare, Search } from "lucide-react";
import { generationHref } from "../project/project-href.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";

/** What a person does from a review's toolbar. `onComment` is null as long as no line is chosen. */
export function ReviewActions({
  projectId,
  head,
  unsentCount,
  onOpenList,
  onFind,
  onHelp,
  onComment,
}: {
  projectId: ProjectId;
  head: GenerationId;
  /** Comments that go with the next prompt. */
  unsentCount: number;
  onOpenList: () => void;
  onFind: () => void;
  onHelp: () => void;
  onComment: (() => void) | null;
}) {
  return (
    <>
      <Button size="sm" look="ghost" className="md:hidden" onClick={onOpenList}>
        Files
      </Button>
      <Button size="sm" look="ghost" onClick={onFind}>
        <Search aria-hidden />
        Find
      </Button>
      <Button size="sm" look="ghost" aria-label="Keys" onClick={onHelp}>
        ?
      </Button>
      {onComment !== null && (
        <Button size="sm" look="ghost" onClick={onComment}>
          <MessageSquare aria-hidden />
          Comment
        </Button>
      )}
      <Link href={`${generationHref({ projectId, generationId: head })}?iterate=1`} className={buttonClass({ size: "sm", ...(unsentCount > 0 ? { look: "primary" as const } : {}) })}>
        {unsentCount === 0 ? "Iterate" : `Iterate with ${unsentCount === 1 ? "1 comment" : `${unsentCount} comments`}`}
      </Link>
    </>
  );
}
