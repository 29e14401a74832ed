import { emptyCodeSchema, type CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { AppError } from "#lib/errors.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { stringifyInSteps } from "#server/core/json/stringify-in-steps.ts";
import { diffSchemaTexts } from "#server/core/schema-diff/diff-schema-texts.ts";
import { readTreeSchema } from "#server/services/versions/read-code-schema.ts";
import { getGenerationSummary } from "#server/store/versions/generations.ts";
import { mapInThreads } from "#server/threads/map-in-threads.ts";
import { runInSlices } from "#server/threads/time-slices.ts";
import { loadComparison, type ComparisonRequest } from "./load-comparison.ts";

/** Two schemas of 5,000 entities take less than 1 s. */
const timeoutMs = 20_000;

type ComparedSchemas = { before: CodeSchema; after: CodeSchema; diff: SchemaDiff };

/**
 * The schemas of a version and of its first parent, or of another version of the project, and how they differ. Without
 * a parent, everything is added.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function compareSchemas({ container, ownerId, input }: ComparisonRequest): Promise<ComparedSchemas> {
  const { base, head } = await loadComparison({ container, ownerId, input });
  const read = async (tree: FileTree): Promise<CodeSchema> =>
    tree.size === 0 ? emptyCodeSchema : readTreeSchema({ container, tree });
  const { prompt } = await getGenerationSummary({
    database: container.database,
    generationId: input.generationId,
    ownerId,
  });
  const before = await read(base.tree);
  const after = await read(head.tree);
  const texts = { before: await stringifyCompared(before), after: await stringifyCompared(after) };
  const [diff] = await mapInThreads({
    threads: container.threads,
    task: "diffSchemas",
    items: [{ ...texts, prompt: prompt ?? "" }],
    sizeOf: ({ before: old, after: next }) => old.length + next.length,
    inline: diffSchemaTexts,
    timeoutMs,
  });
  if (diff === null || diff === undefined) {
    throw new AppError({
      code: "INPUT_TOO_LARGE",
      message: "The schemas of the two versions are too large to be compared in time. Nothing was changed.",
    });
  }
  return { before, after, diff };
}

/** Without what no comparison reads: exports are half of it. */
async function stringifyCompared({ entities, relations, routes }: CodeSchema): Promise<string> {
  const compared: CodeSchema = { ...emptyCodeSchema, entities, relations, routes };
  return (await runInSlices(stringifyInSteps(compared))).join("");
}
