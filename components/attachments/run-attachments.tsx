import { FileText } from "lucide-react";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { attachmentHref } from "#lib/hrefs.ts";
import { formatSize } from "./attachment-list.ts";

/** The attachments of a run's prompt. They are shown as pictures or downloaded, never opened. */
export function RunAttachments({ run: { runId, attachments } }: { run: Pick<RunOutput, "runId" | "attachments"> }) {
  if (attachments.length === 0) return null;
  return (
    <ul aria-label="Attachments" className="flex flex-wrap gap-2">
      {attachments.map(({ position, name, kind, width, height, sizeBytes }) => {
        const href = attachmentHref({ runId, position });
        return (
          <li key={position} className="min-w-0">
            <a
              href={href}
              download
              className="flex max-w-60 flex-col gap-1 rounded-md border p-1.5 text-xs hover:bg-hover"
            >
              {kind === "image" && (
                // eslint-disable-next-line @next/next/no-img-element -- stored bytes, which no image service can reach
                <img src={href} alt="" className="h-24 w-full rounded-sm bg-surface object-contain" />
              )}
              <span className="flex min-w-0 items-center gap-1">
                {kind === "text" && <FileText aria-hidden className="size-3.5 shrink-0 text-muted" />}
                <span className="truncate">{name}</span>
              </span>
              <span className="text-muted">
                {kind === "image" ? `${width} × ${height}, ` : ""}
                {formatSize(sizeBytes)}
              </span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
