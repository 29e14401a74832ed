import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useVersionToast } from "../../generation/version-toast.ts";
import { reviewHref } from "#lib/hrefs.ts";
import { describeKeptOld, type KeptOld } from "./kept-old.ts";
import { parseHunks } from "../../diff-surface/hunks/parse-hunks.ts";
import { revertHunks } from "./revert-hunks.ts";
import { nameMode } from "#lib/contracts/runs/name-mode.ts";
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
  const readFile = async ({ generationId, path }: { generationId: GenerationId; path: ReviewFile["path"] }) =>
    queryClient.fetchQuery(trpc.generation.file.queryOptions({ generationId, path }));

  const planFile = async (file: ReviewFile): Promise<ChangeOperation[]> => {
    if (file.status === "added") return [{ type: "delete", path: file.path }];
    const parentPath = file.previousPath ?? file.path;
    const { content, encoding, mode } = await readFile({ generationId: base, path: parentPath });
    const move: ChangeOperation[] =
      file.previousPath === undefined ? [] : [{ type: "move", source: file.path, destination: file.previousPath }];
    const was = file.status === "deleted" ? null : (file.newMode ?? mode);
    return [...move, { type: "write", path: parentPath, content, encoding, ...nameMode({ mode, was }) }];
  };

  const planHunks = async ({
    generationId,
    file,
    chosen,
  }: {
    generationId: GenerationId;
    file: ReviewFile;
    chosen: ReadonlySet<number>;
  }): Promise<ChangeOperation[]> => {
    const { path } = file;
    const [{ content, decoded }, { patch }] = await Promise.all([
      readFile({ generationId, path }),
      queryClient.fetchQuery(
        trpc.generation.fileDiff.queryOptions({
          generationId,
          againstGenerationId: base,
          path,
          ignoreWhitespace: false,
        }),
      ),
    ]);
    const hunks = parseHunks(patch);
    if (hunks.length === chosen.size && file.status !== "moved") return planFile(file);
    // Without a declared encoding the text is written in its file's encoding.
    return decoded === undefined
      ? [{ type: "write", path, content: revertHunks({ text: content, hunks, chosen }), encoding: "utf8" }]
      : [{ type: "write", path, content: revertHunks({ text: decoded.text, hunks, chosen }) }];
  };

  const setId = head?.candidateSetId ?? null;
  const { data: other } = useQuery(
    trpc.generation.summary.queryOptions({ generationId: base }, { enabled: setId !== null }),
  );
  const isOtherCandidate = setId !== null && other?.candidateSetId === setId;
  const { announce } = useVersionToast({ projectId });
  const edit = useMutation(trpc.generation.edit.mutationOptions());
  const mutation = useMutation({
    mutationFn: async ({ kept, files }: { kept: KeptOld; files: readonly ReviewFile[] }) => {
      if (head === null) return;
      const operations: ChangeOperation[] = [];
      for (const [path, chosen] of kept) {
        const file = files.find((each) => each.path === path);
        if (file !== undefined)
          operations.push(
            ...(chosen === "file"
              ? await planFile(file)
              : await planHunks({ generationId: head.generationId, file, chosen })),
          );
      }
      const { generationId } = await edit.mutateAsync({
        parentGenerationId: head.generationId,
        changeSet: { operations },
      });
      await announce({
        generationId,
        before: head.isHead ? head : null,
        describe: ({ version }) => `Kept ${describeKeptOld(kept)} old, as v${version}.`,
      });
      onMade(generationId);
      router.push(reviewHref({ projectId, generationId }));
    },
  });

  return {
    isPossible: head !== null && (head.parentGenerationIds[0] === base || isOtherCandidate),
    keep: mutation.mutate,
    isPending: mutation.isPending,
    error: mutation.error,
  };
}
