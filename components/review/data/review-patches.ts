import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FileDiffItem, ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "./immutable.ts";
import { useIsDiffSurfacePrepared } from "../../diff-surface/lazy-diff-surface.tsx";
import { parseHunks, type Hunk } from "../../diff-surface/hunks/parse-hunks.ts";
import { firstPatchPage, listPatchPages } from "./patch-pages.ts";

export type ReviewPatch = FileDiffItem & { hunks: Hunk[] };

export type ReviewPatches = {
  byPath: ReadonlyMap<FilePath, ReviewPatch>;
  /** Why the patches of some files are missing. */
  error: unknown;
  isComplete: boolean;
  retry: () => void;
};

/**
 * The patches of all differing files, page by page: the first before the files are known, the others when it is parsed
 * and can be rendered. `files` is null until loaded.
 */
export function useReviewPatches({
  base,
  head,
  files,
  ignoreWhitespace,
}: {
  base: GenerationId;
  head: GenerationId;
  files: readonly ReviewFile[] | null;
  ignoreWhitespace: boolean;
}): ReviewPatches {
  const trpc = useTRPC();
  const pages = useMemo(
    () => (files === null ? [firstPatchPage] : listPatchPages(files.filter(({ status }) => status !== "kept"))),
    [files],
  );
  const question = { generationId: head, againstGenerationId: base, ignoreWhitespace };
  const first = useQueries({
    queries: pages
      .slice(0, 1)
      .map((page) => trpc.generation.fileDiffs.queryOptions({ ...question, ...page }, immutable)),
    combine: combinePages,
  });
  const isPrepared = useIsDiffSurfacePrepared();
  const others = useQueries({
    queries: pages
      .slice(1)
      .map((page) =>
        trpc.generation.fileDiffs.queryOptions(
          { ...question, ...page },
          { ...immutable, enabled: first.isFirstDone && isPrepared },
        ),
      ),
    combine: combinePages,
  });
  const byPath = useMemo(() => new Map([...first.byPath, ...others.byPath]), [first.byPath, others.byPath]);
  const retry = () => {
    first.retry();
    others.retry();
  };
  return {
    byPath,
    error: first.error ?? others.error,
    isComplete: files !== null && first.isComplete && others.isComplete,
    retry,
  };
}

export function combinePages(results: UseQueryResult<{ items: FileDiffItem[] }, unknown>[]) {
  const byPath = new Map<FilePath, ReviewPatch>();
  for (const { data } of results) for (const item of data?.items ?? []) byPath.set(item.path, readPatch(item));
  return {
    byPath,
    error: results.find(({ error }) => error !== null)?.error ?? null,
    isFirstDone: results[0]?.isPending === false,
    isComplete: results.every(({ isPending }) => !isPending),
    retry: () => {
      for (const { isError, refetch } of results) if (isError) void refetch();
    },
  };
}

/** Parsed results of cached responses: a new page, or a reopened review, parses no patch twice. */
const readPatches = new WeakMap<FileDiffItem, ReviewPatch>();

function readPatch(item: FileDiffItem): ReviewPatch {
  const read = readPatches.get(item) ?? { ...item, hunks: parseHunks(item.patch) };
  readPatches.set(item, read);
  return read;
}
