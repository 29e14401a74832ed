import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { GenerationFileOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import { textOfFile } from "#lib/text-of-file.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "./immutable.ts";

export type UnchangedText = { text: string; colours: LineColours | null };

/** The loaded texts of files that are equal on both sides, with their colours. */
export function useUnchangedTexts({
  head,
  paths,
}: {
  head: GenerationId;
  paths: readonly FilePath[];
}): ReadonlyMap<FilePath, UnchangedText> {
  const trpc = useTRPC();
  const combineTexts = useCallback(
    (results: UseQueryResult<GenerationFileOutput, unknown>[]) =>
      results.map(({ data }) => (data === undefined ? undefined : (textOfFile(data) ?? ""))),
    [],
  );
  const combineColours = useCallback(
    (results: UseQueryResult<LineColours | null, unknown>[]) =>
      results.map(({ data, isError }) => (isError ? null : data)),
    [],
  );
  const texts = useQueries({
    queries: paths.map((path) => trpc.generation.file.queryOptions({ generationId: head, path }, immutable)),
    combine: combineTexts,
  });
  const colours = useQueries({
    queries: paths.map((path) => trpc.generation.fileColours.queryOptions({ generationId: head, path }, immutable)),
    combine: combineColours,
  });
  return useMemo(
    () =>
      new Map(
        paths.flatMap((path, index) => {
          const [text, found] = [texts[index], colours[index]];
          return text === undefined || found === undefined ? [] : [[path, { text, colours: found }]];
        }),
      ),
    [paths, texts, colours],
  );
}
