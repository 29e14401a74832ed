import { useQuery } from "@tanstack/react-query";
import { ListFilter, X } from "lucide-react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** The globs that limit the prompt, each with the number of files that it matches. Renders nothing without a limit. */
export function ScopeChips({
  generationId,
  globs,
  onRemove,
}: {
  generationId: GenerationId;
  globs: readonly string[];
  onRemove: (glob: string) => void;
}) {
  if (globs.length === 0) return null;
  return (
    <ul aria-label="Limited to" className="flex flex-wrap gap-1.5">
      {globs.map((glob) => (
        <li key={glob} className="flex max-w-full items-center gap-1 rounded-md border bg-surface pl-1.5 text-xs">
          <ListFilter aria-hidden className="size-3.5 shrink-0 text-muted" />
          <span className="min-w-0 truncate font-mono" title={glob}>
            {glob}
          </span>
          <MatchCount generationId={generationId} glob={glob} />
          <button
            type="button"
            aria-label={`Do not limit to ${glob}`}
            onClick={() => onRemove(glob)}
            className="flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-foreground"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function MatchCount({ generationId, glob }: { generationId: GenerationId; glob: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.generation.countFiles.queryOptions({ generationId, include: [glob] }, { staleTime: Infinity }),
  );
  if (data === undefined) return null;
  return (
    <span className="shrink-0 text-muted">{data.count === 1 ? "1 file" : `${formatCount(data.count)} files`}</span>
  );
}
