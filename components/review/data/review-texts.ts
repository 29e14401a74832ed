import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { textOfFile } from "#lib/text-of-file.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import type { WholeTexts } from "../../diff-surface/surface-types.ts";
import { immutable } from "./immutable.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

const nothing = { text: "", colours: { styles: [], lines: [] } };

/** Both whole texts of a file, requested when the user unfolds the lines between two changes. */
export function useReviewTexts({
  base,
  head,
  files,
}: {
  base: GenerationId;
  head: GenerationId;
  files: readonly ReviewFile[];
}): (id: string) => Promise<WholeTexts> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    async (id: string) => {
      const reviewed = files.find(({ path }) => path === id);
      const read = async ({ generationId, path }: { generationId: GenerationId; path: ReviewFile["path"] }) => {
        const [file, colours] = await Promise.all([
          queryClient.fetchQuery(trpc.generation.file.queryOptions({ generationId, path }, immutable)),
          // Lines without colours are better than none.
          queryClient
            .fetchQuery(trpc.generation.fileColours.queryOptions({ generationId, path }, immutable))
            .catch(() => null),
        ]);
        return { text: textOfFile(file) ?? "", colours };
      };
      const [before, after] = await Promise.all([
        reviewed === undefined || reviewed.status === "added"
          ? nothing
          : read({ generationId: base, path: reviewed.previousPath ?? reviewed.path }),
        reviewed === undefined || reviewed.status === "deleted"
          ? nothing
          : read({ generationId: head, path: reviewed.path }),
      ]);
      return {
        before: before.text,
        after: after.text,
        colours:
          before.colours === null || after.colours === null ? null : { before: before.colours, after: after.colours },
      };
    },
    [base, head, files, queryClient, trpc],
  );
}
