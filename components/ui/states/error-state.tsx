import { CircleAlert, Copy } from "lucide-react";
import type { ReactNode } from "react";
import { readAppError } from "#lib/trpc/app-error.ts";
import { Button } from "../button.tsx";
import { copyText } from "../text/copy-text.ts";

/** An error with its message, its code and request id for a report, and a next action. */
export function ErrorState({ error, onRetry, action }: { error: unknown; onRetry?: () => void; action?: ReactNode }) {
  const { code, message, requestId } = readAppError(error);
  // What does not exist will not appear on a retry.
  const mayRetry = onRetry !== undefined && !code.endsWith("_NOT_FOUND");
  return (
    <div
      role="alert"
      className="flex items-start gap-3 rounded-md border border-negative/40 bg-negative-surface px-3 py-2 text-sm"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-negative" />
      <div className="min-w-0 flex-1">
        <p className="break-words">{message}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 font-mono text-xs text-muted">
          {code}
          {requestId !== undefined && (
            <button
              type="button"
              title="Copy the request's id: it is in the server's log"
              onClick={() => void copyText({ text: requestId, done: "The request's id is copied." })}
              className="inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:bg-hover hover:text-foreground"
            >
              request {requestId}
              <Copy aria-hidden className="size-3" />
            </button>
          )}
        </p>
      </div>
      {action}
      {mayRetry && (
        <Button size="sm" onClick={onRetry}>
          Retry
        </Button>
      )}
    </div>
  );
}
