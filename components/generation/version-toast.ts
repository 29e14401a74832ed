import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { generationHref } from "#lib/hrefs.ts";
import { showToast } from "../ui/overlays/toast.ts";
import { offerUndo } from "./offered-undo.ts";
import { useRefreshVersions } from "./refresh-versions.ts";

export type VersionRef = Pick<GenerationOutput, "generationId" | "version">;

type NewVersion = {
  generationId: GenerationId;
  describe: (made: VersionRef) => string;
  /** The previously active version; undo makes its files active again, in a new version. */
  before: VersionRef | null;
};

/**
 * After the user made a version: refreshes the lists and shows a toast. If the version became active, the toast offers
 * undo, a roll back that is refused if another version has become active since.
 */
export function useVersionToast({ projectId }: { projectId: ProjectId }): {
  announce: (version: NewVersion) => Promise<GenerationOutput>;
  refresh: () => Promise<unknown>;
} {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const rollback = useMutation(trpc.generation.rollback.mutationOptions());

  const refresh = useRefreshVersions();
  const read = async (generationId: GenerationId) => {
    await refresh();
    return queryClient.fetchQuery(trpc.generation.summary.queryOptions({ generationId }));
  };

  const undo = async ({ before, made }: { before: VersionRef; made: VersionRef }) => {
    try {
      const { generationId } = await rollback.mutateAsync({
        projectId,
        toGenerationId: before.generationId,
        expectedHeadGenerationId: made.generationId,
      });
      const { version } = await read(generationId);
      void showToast({ kind: "success", text: `Undone. v${version} has the files of v${before.version}.` });
      router.push(generationHref({ projectId, generationId }));
    } catch (error) {
      await refresh();
      void showToast({ kind: "error", text: readAppError(error).message });
    }
  };

  const announce = async ({ generationId, describe, before }: NewVersion) => {
    const made = await read(generationId);
    const takeBack = before === null || !made.isHead ? null : () => void undo({ before, made });
    if (takeBack !== null && before !== null)
      offerUndo({ label: `Undo: make v${before.version} active again`, run: takeBack });
    void showToast({
      kind: "success",
      text: describe(made),
      ...(takeBack === null ? {} : { action: { label: "Undo", onClick: takeBack } }),
    });
    return made;
  };

  return { announce, refresh };
}
