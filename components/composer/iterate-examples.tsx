"use client";

import { useQuery } from "@tanstack/react-query";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** Two changes to this project that the built-in generator can make, so that the first iteration needs no key. */
export function IterateExamples({
  generationId,
  onChoose,
}: {
  generationId: GenerationId;
  onChoose: (prompt: string) => void;
}) {
  const trpc = useTRPC();
  const { data: examples = [] } = useQuery(
    trpc.generation.suggestedPrompts.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (examples.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-xs text-muted">Try one (no API key needed):</span>
      {examples.map((example) => (
        <button
          key={example}
          type="button"
          onClick={() => onChoose(example)}
          className="min-h-6 rounded-md border px-2 py-0.5 text-muted hover:bg-hover hover:text-foreground"
        >
          {example}
        </button>
      ))}
    </div>
  );
}
