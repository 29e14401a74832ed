import { useQuery } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../ui/button.tsx";
import { useCopyCommitId } from "./copy-commit-id.ts";

/** The id of a version's commit. For one made in Graft it is computed on demand, which needs its whole history. */
export function CommitId({ generation }: { generation: GenerationOutput }) {
  const trpc = useTRPC();
  const copyCommitId = useCopyCommitId();
  const { generationId, version } = generation;
  const query = useQuery(
    trpc.generation.commitId.queryOptions({ generationId }, { enabled: false, staleTime: Number.POSITIVE_INFINITY }),
  );
  const commitId = generation.commitId ?? query.data?.commitId ?? null;
  if (commitId === null)
    return (
      <span className="flex flex-col items-start gap-1">
        <Button size="sm" isPending={query.isFetching} onClick={() => void query.refetch()}>
          Show commit id
        </Button>
        {query.error !== null && (
          <span role="alert" className="text-xs text-negative">
            {readAppError(query.error).message}
          </span>
        )}
      </span>
    );
  return (
    <span className="flex items-start gap-1">
      <span className="font-mono text-xs break-all">{commitId}</span>
      <Button
        look="ghost"
        size="icon-sm"
        aria-label={`Copy the commit id of v${version}`}
        onClick={() => void copyCommitId({ ...generation, commitId })}
      >
        <Copy aria-hidden />
      </Button>
    </span>
  );
}
