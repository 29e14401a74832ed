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
  /** The version that was active before; the undo makes its files active again, in a new version. */
  before: VersionRef | null;
};

/**
 * What happens after a person made a version: the lists are refreshed, and a toast says so. Where it became the active
 * one, the toast has an undo, which is a roll back and is refused when another version became active in the meantime.
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
