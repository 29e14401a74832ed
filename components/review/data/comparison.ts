import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { isLargeComparison, useSinglePatch } from "./large-comparison.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { useReviewFiles } from "./review-files.ts";
import { useReviewPatches, type ReviewPatches } from "./review-patches.ts";
import { useViewedFiles, type ViewedFiles } from "./viewed-files.ts";

export type Comparison = {
  base: GenerationOutput;
  head: GenerationOutput;
  files: ReviewFile[];
  keptCount: number;
  patches: ReviewPatches;
  viewed: ViewedFiles;
  /** Too many files differ to load all: only the current one's patch is requested. */
  isLarge: boolean;
};

const noFiles: readonly ReviewFile[] = [];

/** Everything that a review shows first, requested together. `comparison` is null until it can be shown. */
export function useComparison({
  base,
  head,
  showsKept,
  ignoreWhitespace,
  currentPath,
}: {
  base: GenerationId;
  head: GenerationId;
  showsKept: boolean;
  ignoreWhitespace: boolean;
  currentPath: FilePath | null;
}) {
  const trpc = useTRPC();
  const baseVersion = useQuery(trpc.generation.summary.queryOptions({ generationId: base }));
  const headVersion = useQuery(trpc.generation.summary.queryOptions({ generationId: head }));
  const { files, keptCount, error: filesError, retry: retryFiles } = useReviewFiles({ base, head, showsKept });
  const viewed = useViewedFiles({ base, head });
  const isLarge = useMemo(() => files !== null && isLargeComparison(files), [files]);
  const pages = useReviewPatches({ base, head, files: isLarge ? noFiles : files, ignoreWhitespace });
  const isCurrentKnown = useMemo(
    () => files?.some(({ path, status }) => path === currentPath && status !== "kept") === true,
    [files, currentPath],
  );
  const patches = useSinglePatch({
    base,
    head,
    path: isLarge && isCurrentKnown ? currentPath : null,
    patches: pages,
    ignoreWhitespace,
  });
  const isKnown =
    baseVersion.data !== undefined && headVersion.data !== undefined && files !== null && keptCount !== null;
  const comparison: Comparison | null = isKnown
    ? { base: baseVersion.data, head: headVersion.data, files, keptCount, patches, viewed, isLarge }
    : null;
  const retry = () => {
    retryFiles();
    for (const { isError, refetch } of [baseVersion, headVersion]) if (isError) void refetch();
  };
  return { comparison, error: baseVersion.error ?? headVersion.error ?? filesError, retry };
}
