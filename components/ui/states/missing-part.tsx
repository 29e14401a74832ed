import { CircleAlert } from "lucide-react";
import { Button } from "../button.tsx";
import { cn } from "../class-names.ts";

/** The error for code that failed to load: in its place, or over the page for overlays. */
export function MissingPart({ isInPlace, onRetry }: { isInPlace: boolean; onRetry: () => void }) {
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-wrap items-center gap-3 rounded-md border border-negative/40 bg-negative-surface px-3 py-2 text-sm",
        isInPlace ? "m-3" : "fixed inset-x-3 bottom-3 z-50 mx-auto max-w-xl shadow-raised",
      )}
    >
      <CircleAlert aria-hidden className="size-4 shrink-0 text-negative" />
      <p className="min-w-48 flex-1">
        Part of this page failed to load: the server cannot be reached, or was updated. Nothing is lost. Try again, or
        reload the page.
      </p>
      <div className="flex gap-2">
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
        <Button size="sm" look="ghost" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </div>
    </div>
  );
}
