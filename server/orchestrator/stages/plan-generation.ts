import type { NewGeneration } from "../ports.ts";
import type { ValidatedCandidate } from "./validate-result.ts";

/**
 * The generation to be stored. It is written in one transaction with the run's end, in which the server checks
 * conservation against the stored parent again.
 */
export function planGeneration(candidate: ValidatedCandidate): NewGeneration {
  const { request, merged, issues, parentContents } = candidate;
  return {
    projectId: request.projectId,
    kind: request.parentGenerationId === null ? "create" : "iterate",
    author: "model",
    prompt: request.prompt,
    parentGenerationIds: request.parentGenerationId === null ? [] : [request.parentGenerationId],
    sourceGenerationId: null,
    tree: merged.tree,
    newContents: merged.newContents,
    baseContents: parentContents,
    changes: merged.changes,
    counts: merged.counts,
    issues,
  };
}
