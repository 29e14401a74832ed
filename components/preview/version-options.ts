import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import type { SelectOption } from "../ui/select.tsx";

/** Only the newest versions. The thread and the history link to the others. */
const maxVersions = 50;

/** The versions of a project as options of a list, always including the chosen ones. */
export function useVersionOptions({
  projectId,
  chosen,
}: {
  projectId: ProjectId;
  chosen: readonly { generationId: GenerationId; version: number }[];
}): SelectOption<GenerationId>[] {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.generation.list.queryOptions({ projectId, limit: maxVersions }, { placeholderData: keepPreviousData }),
  );
  const listed = data?.items ?? [];
  const older = chosen.filter(({ generationId }) => !listed.some((item) => item.generationId === generationId));
  return [
    ...listed.map(({ generationId, version, label, prompt, isHead }) => ({
      value: generationId,
      label: `v${version}${isHead ? ", active" : ""}`,
      description: label ?? prompt ?? undefined,
    })),
    ...older.map(({ generationId, version }) => ({ value: generationId, label: `v${version}` })),
  ];
}
