import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useVersionToast } from "../../generation/version-toast.ts";
import { reviewHref } from "#lib/hrefs.ts";
import { nameCandidates, parentWords } from "./keep-words.ts";
import { describeKeptOld, type KeptOld } from "./kept-old.ts";
import { planKeptOld } from "./plan-kept-old.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

/**
 * Makes a version of what the user restores from the base. Only offered if the base is the parent, or another answer to
 * the same request: the result is then predictable. `onMade` is called before the new version's review opens, and a
 * toast offers undo.
 */
export function useKeepParent({
  projectId,
  base,
  head,
  onMade,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationOutput | null;
  onMade: (generationId: GenerationId) => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const setId = head?.candidateSetId ?? null;
  const { data: other } = useQuery(
    trpc.generation.summary.queryOptions({ generationId: base }, { enabled: setId !== null }),
  );
  const isOtherCandidate = setId !== null && other?.candidateSetId === setId;
  const words =
    head === null || other === undefined || !isOtherCandidate
      ? parentWords
      : nameCandidates({ base: other.version, head: head.version });
  const { announce } = useVersionToast({ projectId });
  const edit = useMutation(trpc.generation.edit.mutationOptions());
  const mutation = useMutation({
    mutationFn: async ({ kept, files }: { kept: KeptOld; files: readonly ReviewFile[] }) => {
      if (head === null) return;
      const operations = await planKeptOld({
        kept,
        files,
        texts: {
          readFile: ({ side, path }) =>
            queryClient.fetchQuery(
              trpc.generation.file.queryOptions({ generationId: side === "base" ? base : head.generationId, path }),
            ),
          readPatch: async (path) => {
            const { generationId } = head;
            const input = { generationId, againstGenerationId: base, path, ignoreWhitespace: false };
            return (await queryClient.fetchQuery(trpc.generation.fileDiff.queryOptions(input))).patch;
          },
        },
      });
      const { generationId } = await edit.mutateAsync({
        parentGenerationId: head.generationId,
        changeSet: { operations },
      });
      await announce({
        generationId,
        before: head.isHead ? head : null,
        describe: ({ version }) => `v${version} has ${describeKeptOld(kept)} ${words.kept}.`,
      });
      onMade(generationId);
      router.push(reviewHref({ projectId, generationId }));
    },
  });

  return {
    isPossible: head !== null && (head.parentGenerationIds[0] === base || isOtherCandidate),
    isOtherCandidate,
    words,
    keep: mutation.mutate,
    isPending: mutation.isPending,
    error: mutation.error,
  };
}
