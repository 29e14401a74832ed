import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { ViewedFile } from "#lib/contracts/versions/viewed-file.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { showToast } from "../../ui/overlays/toast.ts";

export type ViewedFiles = {
  paths: ReadonlySet<FilePath>;
  /** The version in which the user saw a file that has changed since in a way that the comparison does not show. */
  seenIn: ReadonlyMap<FilePath, GenerationId>;
  setViewed: (change: { path: FilePath; isViewed: boolean }) => void;
};

/**
 * The viewed marks of a comparison. The server stores them; a mark is shown at once and reverted if it could not be
 * stored.
 */
export function useViewedFiles({ base, head }: { base: GenerationId; head: GenerationId }): ViewedFiles {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const comparison = { generationId: head, againstGenerationId: base };
  const { data } = useQuery(trpc.review.viewed.queryOptions(comparison));
  const queryKey = trpc.review.viewed.queryKey(comparison);
  const put = ({ path, mark }: { path: FilePath; mark: ViewedFile | null }) =>
    queryClient.setQueryData(
      queryKey,
      (before) =>
        before && {
          files: [...before.files.filter((file) => file.path !== path), ...(mark === null ? [] : [mark])],
        },
    );
  const { mutate } = useMutation(
    trpc.review.setViewed.mutationOptions({
      onMutate: async ({ path: sent, isViewed }) => {
        const path = sent as FilePath;
        const known = queryClient.getQueryData(queryKey);
        // While the marks still load, there is nothing to add this one to, and they must arrive.
        if (known === undefined) return undefined;
        await queryClient.cancelQueries({ queryKey });
        const before = known.files.find((file) => file.path === path) ?? null;
        put({ path, mark: isViewed ? { path, state: "viewed" } : null });
        return before;
      },
      onError: (error, { path }, before) => {
        put({ path: path as FilePath, mark: before ?? null });
        void showToast({ kind: "error", text: readAppError(error).message });
      },
      // Other comparisons may have the same two contents.
      onSettled: (_result, _error, _marked, before) =>
        queryClient.invalidateQueries({
          queryKey: trpc.review.pathKey(),
          refetchType: before === undefined ? "active" : "none",
        }),
    }),
  );
  const paths = useMemo(
    () => new Set(data?.files.flatMap((file) => (file.state === "viewed" ? [file.path] : []))),
    [data],
  );
  const seenIn = useMemo(
    () =>
      new Map(
        data?.files.flatMap((file) => (file.state === "changed-since" ? [[file.path, file.seenIn] as const] : [])),
      ),
    [data],
  );
  return { paths, seenIn, setViewed: ({ path, isViewed }) => mutate({ ...comparison, path, isViewed }) };
}
