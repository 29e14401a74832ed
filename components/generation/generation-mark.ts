import { useMutation, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { Page } from "#lib/contracts/page.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { showToast } from "../ui/overlays/toast.ts";

type Mark = Pick<GenerationOutput, "label" | "isBookmarked">;
type Versions = Page<GenerationOutput>;

type MarkedVersion = Pick<GenerationOutput, "generationId"> & Mark;

/** Changes a version's label or bookmark. Rejects with the server's error. */
export function useGenerationMark(): (change: { generation: MarkedVersion; mark: Partial<Mark> }) => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutateAsync } = useMutation(trpc.generation.mark.mutationOptions());
  return async ({ generation: { generationId, label, isBookmarked }, mark }) => {
    const marked = await mutateAsync({ generationId, label, isBookmarked, ...mark });
    const replace = (page: Versions): Versions => ({
      ...page,
      items: page.items.map((item) => (item.generationId === generationId ? marked : item)),
    });
    // Updates the cache, so that thousands of versions are not refetched.
    queryClient.setQueriesData<InfiniteData<Versions> | Versions>(
      { queryKey: trpc.generation.list.pathKey() },
      (data) =>
        data === undefined ? undefined : "pages" in data ? { ...data, pages: data.pages.map(replace) } : replace(data),
    );
    await Promise.all(
      [trpc.generation.get, trpc.generation.summary].map((query) =>
        queryClient.invalidateQueries({ queryKey: query.queryKey({ generationId }) }),
      ),
    );
  };
}

/** Sets or removes a version's bookmark; a toast reports a failure. */
export function useBookmark(): (generation: MarkedVersion) => void {
  const mark = useGenerationMark();
  return (generation) =>
    void mark({ generation, mark: { isBookmarked: !generation.isBookmarked } }).catch((error: unknown) =>
      showToast({ kind: "error", text: readAppError(error).message }),
    );
}
