import type { RunOutput } from "#lib/contracts/runs/run.ts";
import type { RunKind } from "#lib/contracts/runs/run-state.ts";
import { runHref } from "#lib/hrefs.ts";
import { setPromptIntent } from "./prompt-intent.ts";
import { useReplaceableDraft } from "./prompt-draft.ts";

/**
 * The way from a run to its composer, with a text in it: at the foot of the thread, or for a first run on the page for
 * a new project. `hrefForModel` links to the choice of a model there.
 */
export function useEditPrompt(run: RunOutput): {
  href: string;
  hrefForModel: string;
  put: (text: string, intent?: RunKind) => void;
} {
  const isFirst = run.parentGenerationId === null && run.afterRunId === null;
  const { replace } = useReplaceableDraft(isFirst ? "new" : run.projectId);
  const href = isFirst ? "/new" : `${runHref(run)}?iterate=1`;
  return {
    href,
    hrefForModel: isFirst ? "/new?focus=model" : `${href}&focus=model`,
    // The run's own kind, unless another is given.
    put(text, intent = run.kind) {
      setPromptIntent({ projectId: run.projectId, intent });
      replace(text);
    },
  };
}
