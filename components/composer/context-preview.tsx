"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { GenerationId, ModelId } from "#lib/contracts/ids.ts";
import type { AttachmentSize } from "#lib/contracts/runs/attachment.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { describeReceipt } from "../generation/describe-receipt.ts";
import { ReceiptDetails } from "../generation/context-receipt-table.tsx";
import { useDebounced } from "../ui/hooks/debounced.ts";
import { ErrorState } from "../ui/states/error-state.tsx";

/** The preview waits until the prompt has not changed for this long, because each one ranks the project's files. */
const debounceMs = 500;

/**
 * A preview of what would be sent with the prompt: the files with reasons, the tokens of each part, and the price of
 * the first call. Requested only while open.
 */
export function ContextPreview({
  parentGenerationId,
  prompt,
  model,
  attachments,
  globs,
}: {
  parentGenerationId: GenerationId;
  prompt: string;
  model: ModelId | undefined;
  attachments: AttachmentSize[] | undefined;
  globs: readonly string[];
}) {
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  const { debounced } = useDebounced({ value: prompt.trim(), afterMs: debounceMs });
  const preview = useQuery(
    trpc.context.preview.queryOptions(
      {
        parentGenerationId,
        prompt: debounced,
        ...(model === undefined ? {} : { model }),
        ...(attachments === undefined ? {} : { attachments }),
        ...(globs.length === 0 ? {} : { scope: { include: [...globs] } }),
      },
      { enabled: isOpen && debounced !== "", placeholderData: keepPreviousData, staleTime: Infinity },
    ),
  );
  return (
    <details className="text-sm" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm py-0.5 text-muted hover:text-foreground">Context to send</summary>
      <div className="mt-2 flex flex-col gap-2" aria-busy={preview.isFetching}>
        {debounced === "" ? (
          <p className="text-xs text-faint">Write a prompt first: the files are chosen by its words.</p>
        ) : preview.error !== null ? (
          <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
        ) : preview.data === undefined ? (
          <p className="text-xs text-faint">Choosing files…</p>
        ) : (
          <div className="rounded-md border">
            <p className="px-3 py-2 text-xs text-muted">{describeReceipt(preview.data)}</p>
            <ReceiptDetails receipt={preview.data} label="Context to send" />
          </div>
        )}
      </div>
    </details>
  );
}
