import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { countTokens } from "#server/core/context/count-tokens.ts";
import { findNamedThings } from "#server/core/context/find-layer-files.ts";
import { summarizeInSteps } from "#server/core/schema-extraction/summarize-code-schema.ts";
import { runInSlices } from "#server/threads/time-slices.ts";

const maxGaps = 5;

/** The code schema for the model: what the project declares, and which layers the prompt's concepts lack. */
export async function describeCodeSchema({
  codeSchema,
  prompt,
  maxTokens,
}: {
  codeSchema: CodeSchema;
  prompt: string;
  maxTokens: number;
}): Promise<string> {
  const gaps = describeGaps({ codeSchema, prompt });
  const summary = await runInSlices(
    summarizeInSteps({ codeSchema, maxTokens: Math.max(0, maxTokens - countTokens(gaps)), prompt }),
  );
  return [summary, gaps].filter((part) => part !== "").join("\n");
}

/** The layers that a named concept lacks although most concepts have them. */
function describeGaps({ codeSchema, prompt }: { codeSchema: CodeSchema; prompt: string }): string {
  return findNamedThings({ codeSchema, prompt })
    .filter(({ missing }) => missing.length > 0)
    .slice(0, maxGaps)
    .map(({ name, missing }) => `${name} has none of what most others have: ${missing.join(", ")}`)
    .join("\n");
}
