import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import type { ChangeOperation } from "#lib/contracts/change-set.ts";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { reviewHref } from "../project/project-href.ts";
import type { ReviewFile } from "./review-files.ts";

/**
 * Takes one file back to what the parent had, as a new version. Only on the active version and against its parent: there it
 * says exactly what becomes of the project.
 */
export function useKeepParent({ projectId, base, head }: { projectId: ProjectId; base: GenerationId; head: GenerationOutput | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const edit = useMutation(trpc.generation.edit.mutationOptions());

  const keep = async (file: ReviewFile) => {
    if (head === null) return;
    const operations = await planOperations(file);
    const made = await edit.mutateAsync({ parentGenerationId: head.generationId, changeSet: { operations } }).catch(() => null);
    // The mutation's own `error` is shown by the review.
    if (made === null) return;
    await Promise.all([trpc.project.pathKey(), trpc.generation.list.pathKey(), trpc.generation.get.pathKey()].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    toast.success(`${file.path} is the parent's again, in a new version. v${head.version} stays in the history.`, {
      action: { label: "Review", onClick: () => router.push(reviewHref({ projectId, generationId: made.generationId })) },
    });
    router.push(reviewHref({ projectId, generationId: made.generationId }));
  };

  const planOperations = async (file: ReviewFile): Promise<ChangeOperation[]> => {
    if (file.status === "added") return [{ type: "delete", path: file.path }];
    const parentPath = file.previousPath ?? file.path;
    const { content, encoding } = await queryClient.fetchQuery(trpc.generation.file.queryOptions({ generationId: base, path: parentPath }));
    const move: ChangeOperation[] = file.previousPath === undefined ? [] : [{ type: "move", source: file.path, destination: file.previousPath }];
    return [...move, { type: "write", path: parentPath, content, encoding }];
  };

  return {
    isPossible: head !== null && head.isHead && head.parentGenerationIds[0] === base,
    keep: (file: ReviewFile) => void keep(file),
    isPending: edit.isPending,
    error: edit.error,
  };
}
