import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { RunDependencies, RunRequest } from "../ports.ts";
import { buildReceipt, buildRequestParts } from "../prompts.ts";
import { chooseContext } from "../stages/choose-context.ts";
import { extractSchema } from "../stages/extract-schema.ts";
import { loadContext } from "../stages/load-context.ts";

/**
 * What a run of this request would show the model, and what its first call would take. By the stages of a run itself,
 * so the two cannot differ; asks no model and stores nothing but what indexes and extractors read.
 */
export async function previewContext({
  request,
  dependencies,
}: {
  request: RunRequest;
  dependencies: RunDependencies;
}): Promise<ContextReceipt> {
  const loaded = await loadContext({ request, dependencies });
  const extracted = await extractSchema({ loaded, dependencies });
  const context = await chooseContext({ extracted, dependencies });
  const { parts, namedCount } = buildRequestParts({ ...context, plan: null });
  return buildReceipt({ ...context, parts, namedCount });
}
