import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { compareByFolder } from "#lib/compare-by-folder.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "./immutable.ts";

const inOrder = (one: ReviewFile, other: ReviewFile) => compareByFolder(one.path, other.path);

/** The files of a comparison in review order; kept ones only on request. */
export function useReviewFiles({
  base,
  head,
  showsKept,
}: {
  base: GenerationId;
  head: GenerationId;
  showsKept: boolean;
}) {
  const trpc = useTRPC();
  const diff = useQuery(
    trpc.generation.diff.queryOptions({ generationId: head, againstGenerationId: base }, immutable),
  );
  const headFiles = useQuery(
    trpc.generation.files.queryOptions({ generationId: head }, { ...immutable, enabled: showsKept }),
  );
  const files = useMemo(() => {
    if (diff.data === undefined) return null;
    const changed: ReviewFile[] = diff.data.files;
    if (!showsKept) return changed.toSorted(inOrder);
    const changedPaths = new Set(changed.map(({ path }) => path));
    const kept = (headFiles.data?.items ?? [])
      .filter(({ path }) => !changedPaths.has(path))
      .map(({ path, isBinary, encoding, sizeBytes, mode }): ReviewFile => ({
        path,
        status: "kept",
        additions: 0,
        deletions: 0,
        isBinary,
        ...(encoding === undefined ? {} : { encoding }),
        newSizeBytes: sizeBytes,
        newMode: mode,
      }));
    return [...changed, ...kept].sort(inOrder);
  }, [diff.data, headFiles.data, showsKept]);
  return {
    files,
    keptCount: diff.data?.keptCount ?? null,
    error: diff.error ?? headFiles.error,
    retry: () => void Promise.all([diff.refetch(), showsKept ? headFiles.refetch() : null]),
  };
}
