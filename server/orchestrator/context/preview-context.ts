import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { LoadedAttachment } from "../load-attachments.ts";
import type { RunDependencies, RunRequest } from "../ports.ts";
import { buildReceipt, buildRequestParts } from "../prompts.ts";
import { chooseContext } from "../stages/choose-context.ts";
import { extractSchema } from "../stages/extract-schema.ts";
import { loadContext } from "../stages/load-context.ts";

/**
 * What a run of this request would show the model, and the size of its first call. Uses the run's own stages, so the
 * two cannot differ. Calls no model, and stores only what indexes and extractors read.
 */
export async function previewContext({
  request,
  attachments,
  dependencies,
}: {
  request: RunRequest;
  /** The request's attachments, which are empty here: a preview does not send their contents. */
  attachments: readonly LoadedAttachment[];
  dependencies: RunDependencies;
}): Promise<ContextReceipt> {
  const loaded = { ...(await loadContext({ request, dependencies })), attachments };
  const extracted = await extractSchema({ loaded, dependencies });
  const context = await chooseContext({ extracted, dependencies });
  const { parts, namedCount } = buildRequestParts({ ...context, plan: null });
  return buildReceipt({ ...context, parts, namedCount });
}
