import { FileText, X } from "lucide-react";
import { formatSize, isPicture } from "./attachment-list.ts";
import type { Attachments } from "./attachments.ts";

/** The attachments of the prompt with remove buttons, and why files were refused. Renders nothing if there are none. */
export function AttachmentChips({ attachments: { list, problems, remove } }: { attachments: Attachments }) {
  return (
    <div className="flex flex-col gap-1 empty:hidden">
      {list.length > 0 && (
        <ul aria-label="Attachments" className="flex flex-wrap gap-1.5">
          {list.map((attachment) => (
            <li
              key={attachment.id}
              className="flex h-9 max-w-full items-center gap-1.5 rounded-md border bg-background pl-1.5 text-xs"
            >
              {isPicture(attachment) ? (
                // eslint-disable-next-line @next/next/no-img-element -- bytes that are on this page alone
                <img
                  src={`data:${attachment.mediaType};base64,${attachment.content}`}
                  alt=""
                  className="size-6 rounded-sm object-cover"
                />
              ) : (
                <FileText aria-hidden className="size-4 shrink-0 text-muted" />
              )}
              <span className="truncate">{attachment.name}</span>
              <span className="shrink-0 text-muted">{formatSize(attachment.sizeBytes)}</span>
              <button
                type="button"
                aria-label={`Remove ${attachment.name}`}
                onClick={() => remove(attachment.id)}
                className="flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-foreground"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div role="status" className="flex flex-col text-xs text-negative empty:hidden">
        {problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
      </div>
    </div>
  );
}
