import { FileText } from "lucide-react";
import type { RunId } from "#lib/contracts/ids.ts";
import type { ThreadAttachment } from "#lib/contracts/runs/thread.ts";
import { attachmentHref } from "#lib/hrefs.ts";
import { formatSize } from "./attachment-list.ts";

/** Fits the narrowest thread beside a count of the rest. */
const shownCount = 2;

/** The attachments of a prompt, on one line of its entry. The run's page shows all of them. */
export function AttachmentLine({ runId, attachments }: { runId: RunId; attachments: readonly ThreadAttachment[] }) {
  const restCount = attachments.length - shownCount;
  return (
    <ul aria-label="Attached" className="flex h-6 min-w-0 items-center gap-2 text-xs text-muted">
      {attachments.slice(0, shownCount).map(({ position, name, kind, sizeBytes }) => (
        <li key={position} className="flex min-w-0 items-center gap-1">
          {kind === "image" ? (
            // eslint-disable-next-line @next/next/no-img-element -- stored bytes, which no image service can reach
            <img
              src={attachmentHref({ runId, position })}
              alt=""
              loading="lazy"
              className="size-5 shrink-0 rounded-sm bg-surface object-cover"
            />
          ) : (
            <FileText aria-hidden className="size-3.5 shrink-0" />
          )}
          <span className="truncate">{name}</span>
          <span className="shrink-0">{formatSize(sizeBytes)}</span>
        </li>
      ))}
      {restCount > 0 && <li className="shrink-0">and {restCount} more</li>}
    </ul>
  );
}
