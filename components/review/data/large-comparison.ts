import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "./immutable.ts";
import { parseHunks } from "../../diff-surface/hunks/parse-hunks.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { ReviewPatches } from "./review-patches.ts";

/** From this number of files, each file is loaded on request. */
const largeFromFiles = 3_000;

export function isLargeComparison(files: readonly ReviewFile[]): boolean {
  return files.length > largeFromFiles && files.filter(({ status }) => status !== "kept").length > largeFromFiles;
}

/** The patches of a comparison, plus one more file that a page of many does not include. Null: none requested. */
export function useSinglePatch({
  base,
  head,
  path,
  patches,
  ignoreWhitespace,
}: {
  base: GenerationId;
  head: GenerationId;
  path: FilePath | null;
  patches: ReviewPatches;
  ignoreWhitespace: boolean;
}): ReviewPatches {
  const trpc = useTRPC();
  const isAsked = path !== null && !patches.byPath.has(path);
  const { data, error, refetch } = useQuery(
    trpc.generation.fileDiff.queryOptions(
      { generationId: head, againstGenerationId: base, path: path ?? "", ignoreWhitespace },
      { ...immutable, enabled: isAsked },
    ),
  );
  const byPath = useMemo(
    () =>
      !isAsked || data === undefined
        ? patches.byPath
        : new Map([...patches.byPath, [path, { path, ...data, colours: null, hunks: parseHunks(data.patch) }]]),
    [patches.byPath, isAsked, path, data],
  );
  if (!isAsked) return patches;
  return {
    byPath,
    error: patches.error ?? error,
    isComplete: patches.isComplete && data !== undefined,
    retry: () => (patches.error === null ? void refetch() : patches.retry()),
  };
}
