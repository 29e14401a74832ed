import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import type { ReviewFile } from "./review-files.ts";

/** The whole texts of both sides of a file, asked for when a person unfolds the lines between two changes. */
export function useReviewTexts({ base, head, files }: { base: GenerationId; head: GenerationId; files: readonly ReviewFile[] }): (id: string) => Promise<{ before: string; after: string }> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    async (id: string) => {
      const file = files.find(({ path }) => path === id);
      if (file === undefined) return { before: "", after: "" };
      const read = async ({ generationId, path }: { generationId: GenerationId; path: ReviewFile["path"] }) => (await queryClient.fetchQuery(trpc.generation.file.queryOptions({ generationId, path }))).content;
      const [before, after] = await Promise.all([
        file.status === "added" ? "" : read({ generationId: base, path: file.previousPath ?? file.path }),
        file.status === "deleted" ? "" : read({ generationId: head, path: file.path }),
      ]);
      return { before, after };
    },
    [base, head, files, queryClient, trpc],
  );
}
