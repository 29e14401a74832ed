import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { generationHref } from "#lib/hrefs.ts";
import { showToast } from "../ui/overlays/toast.ts";
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
      void showToast({ kind: "success", text: `v${before.version} is active again, as v${version}.` });
      router.push(generationHref({ projectId, generationId }));
    } catch (error) {
      await refresh();
      void showToast({ kind: "error", text: readAppError(error).message });
    }
  };

  const announce = async ({ generationId, describe, before }: NewVersion) => {
    const made = await read(generationId);
    void showToast({
      kind: "success",
      text: describe(made),
      ...(before === null || !made.isHead
        ? {}
        : { action: { label: "Undo", onClick: () => void undo({ before, made }) } }),
    });
    return made;
  };

  return { announce, refresh };
}
