"use client";

import { X } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { useReplaceableDraft, type DraftPlace } from "./prompt-draft.ts";

/** The drafts that were replaced by another text. `onUse` is called after one is restored. */
export function EarlierDrafts({ place, onUse }: { place: DraftPlace; onUse: () => void }) {
  const { earlier, bringBack, discard } = useReplaceableDraft(place);
  if (earlier.length === 0) return null;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p className="text-xs font-medium text-muted">
        {earlier.length === 1
          ? "A draft that was not sent is kept"
          : `${earlier.length} drafts that were not sent are kept`}
      </p>
      <ul aria-label="Earlier drafts" className="flex flex-col gap-1">
        {earlier.map((draft) => (
          <li key={draft} className="flex min-w-0 items-center gap-1 rounded-md border bg-surface py-0.5 pr-1 pl-2">
            <span className="min-w-0 flex-1 truncate text-xs" title={draft}>
              {draft}
            </span>
            <Button
              size="sm"
              look="ghost"
              onClick={() => {
                bringBack(draft);
                onUse();
              }}
            >
              Use this
            </Button>
            <Button
              size="icon-sm"
              look="ghost"
              aria-label={`Delete the draft ${draft.slice(0, 60)}`}
              onClick={() => {
                discard(draft);
                onUse();
              }}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
