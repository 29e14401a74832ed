import { useQueries } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";
import type { GenerationFileOutput } from "#lib/contracts/generation.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "./immutable.ts";

/** The texts of files that are the same on both sides, as far as they were read. */
export function useKeptTexts({ head, paths }: { head: GenerationId; paths: readonly FilePath[] }): ReadonlyMap<FilePath, string> {
  const trpc = useTRPC();
  const combine = useCallback((results: UseQueryResult<GenerationFileOutput, unknown>[]) => new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.path, data.content] as const]))), []);
  return useQueries({ queries: paths.map((path) => trpc.generation.file.queryOptions({ generationId: head, path }, immutable)), combine });
}
