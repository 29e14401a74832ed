import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "./immutable.ts";

const none: ReadonlyMap<FilePath, number> = new Map();

/** How many findings the checks of a version have on each of its files. Asked for only where there are some. */
export function useFindings({
  generationId,
  validation,
}: Pick<GenerationOutput, "generationId" | "validation">): ReadonlyMap<FilePath, number> {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.generation.get.queryOptions({ generationId }, { ...immutable, enabled: validation.issueCount > 0 }),
  );
  return useMemo(
    () =>
      data === undefined
        ? none
        : new Map([...Map.groupBy(data.issues, ({ path }) => path)].map(([path, issues]) => [path, issues.length])),
    [data],
  );
}
