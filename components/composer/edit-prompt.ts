import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { RunOutput } from "#lib/contracts/run.ts";
import { iterateHref } from "#lib/hrefs.ts";
import { useReplaceableDraft } from "./prompt-draft.ts";

/**
 * The way from a run back to the composer that it came from, with a text in it; `hrefForModel` leads to the choice of a
 * model there.
 */
export function useEditPrompt({
  run,
  parent,
}: {
  run: RunOutput;
  parent: Pick<GenerationOutput, "generationId"> | null;
}): { href: string; hrefForModel: string; put: (text: string) => void } {
  const { replace } = useReplaceableDraft(parent === null ? "new" : run.projectId);
  const href = parent === null ? "/new" : iterateHref({ projectId: run.projectId, generationId: parent.generationId });
  return { href, hrefForModel: parent === null ? "/new?focus=model" : `${href}&focus=model`, put: replace };
}
