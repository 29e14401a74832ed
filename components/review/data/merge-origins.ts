import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { GenerationOutput, MergeOrigin } from "#lib/contracts/versions/generation.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "./immutable.ts";

/** Null for a file of the first parent. */
export type MergeOrigins = (path: FilePath) => MergeOrigin | null;

/** Null for a version that is not a merge, and while loading. */
export function useMergeOrigins({
  generationId,
  kind,
}: Pick<GenerationOutput, "generationId" | "kind">): MergeOrigins | null {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.generation.mergeOrigins.queryOptions({ generationId }, { ...immutable, enabled: kind === "merge" }),
  );
  return useMemo(() => {
    if (data === undefined) return null;
    const originByPath = new Map(data.map(({ path, origin }) => [path, origin]));
    return (path: FilePath) => originByPath.get(path) ?? null;
  }, [data]);
}
