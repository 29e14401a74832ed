import type { Container } from "#server/container.ts";
import type { RunDependencies } from "#server/orchestrator/ports.ts";
import { createGenerationStore } from "#server/store/generation-store.ts";

/** Dependencies that every use of a run's stages shares: running, previewing, and recomputing from answers. */
export function sharedDependencies(
  container: Container,
): Omit<RunDependencies, "models" | "endedRuns" | "checks" | "steps" | "events" | "limitUsd" | "signal"> {
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
