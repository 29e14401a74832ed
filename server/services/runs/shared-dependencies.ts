import type { Container } from "#server/container.ts";
import type { RunDependencies } from "#server/orchestrator/ports.ts";
import { createGenerationStore } from "#server/store/generation-store.ts";

/** What every use of a run's stages needs alike, whether it runs, is previewed, or is made again from its answers. */
export function sharedDependencies(
  container: Container,
): Omit<RunDependencies, "models" | "endedRuns" | "steps" | "events" | "limitUsd" | "signal"> {
  const { database, treeObjects, codeSchemas, fileIndexes, contextLimitTokens, sourceParser, secrets, threads } =
    container;
  return {
    generations: createGenerationStore({ database, treeObjects }),
    codeSchemas,
    fileIndexes,
    contextLimitTokens,
    sourceParser,
    secrets,
    threads,
  };
}
