"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Input } from "../../ui/input.tsx";

/** The files that a run may change, as globs, with the number of matching files. */
export function ScopeField({
  generationId,
  text,
  onChange,
  globs,
}: {
  generationId: GenerationId;
  text: string;
  onChange: (text: string) => void;
  globs: readonly string[];
}) {
  const trpc = useTRPC();
  const inputId = useId();
  const hintId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useQuery(
    trpc.generation.countFiles.queryOptions(
      { generationId, include: [...globs] },
      { enabled: globs.length > 0, placeholderData: keepPreviousData, staleTime: Infinity },
    ),
  );
  const count = globs.length === 0 ? undefined : data?.count;
  const matched = count === undefined ? "" : count === 1 ? "1 file" : `${formatCount(count)} files`;
  return (
    <details className="text-sm" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm py-0.5 text-muted hover:text-foreground">
        Limit to files{globs.length > 0 && ` (${matched === "" ? globs.length : matched})`}
      </summary>
      <div className="mt-1 flex flex-col gap-1">
        <label htmlFor={inputId} className="text-xs font-medium text-muted">
          Globs, separated by commas
        </label>
        <Input
          id={inputId}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          placeholder="app/models/**, tests/*.py"
          aria-describedby={hintId}
          className="font-mono"
          spellCheck={false}
        />
        <p id={hintId} className="text-xs text-faint">
          {count === 0
            ? "No file of this version matches. New files of these names can be made."
            : "Changes outside of these files are not applied. The run names them."}
        </p>
      </div>
    </details>
  );
}
