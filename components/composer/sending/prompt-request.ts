import type { GenerationId, ModelId, RunId } from "#lib/contracts/ids.ts";
import type { ReviewCommentId } from "#lib/contracts/comparisons/review-comment.ts";
import type { AttachmentInput } from "#lib/contracts/runs/attachment.ts";
import type { RequestedMode, RunKind } from "#lib/contracts/runs/run-state.ts";
import type { GenerationAskInput, GenerationIterateInput } from "#lib/contracts/versions/generation.ts";
import type { CandidateList } from "../../candidates/candidate-list.ts";

/** A prompt on a version, with everything that the user chose for it. */
export type PromptToSend = {
  generationId: GenerationId;
  text: string;
  intent: RunKind;
  mode: RequestedMode;
  model: ModelId | undefined;
  attachments: AttachmentInput[] | undefined;
  /** The models that answer side by side; empty for a single answer. */
  candidates: CandidateList;
  /** The run whose version the prompt waits for; null to start at once. */
  afterRunId: RunId | null;
  /** The files that may change; empty for all. */
  globs: readonly string[];
  commentIds: readonly ReviewCommentId[];
};

/** The prompt if comments are sent without text. */
const commentsAlone = "Make the changes that the review comments ask for.";

/** What only a change has, such as its scope, is not sent with a question. */
export function toQuestion({
  generationId,
  text,
  model,
  attachments,
}: Omit<PromptToSend, "intent">): GenerationAskInput {
  return {
    generationId,
    prompt: text,
    ...(model === undefined ? {} : { model }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

export function toIteration(prompt: PromptToSend): GenerationIterateInput {
  const { generationId, text, intent, mode, model, attachments, candidates, afterRunId, globs, commentIds } = prompt;
  return {
    parentGenerationId: generationId,
    prompt: text.trim() === "" ? commentsAlone : text,
    mode,
    ...(model === undefined ? {} : { model }),
    ...(candidates.length === 0 ? {} : { candidates: candidates.map((candidate) => ({ model: candidate })) }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(intent === "plan" ? { plan: "always" } : {}),
    ...(afterRunId === null ? {} : { queue: { afterRunId } }),
    ...(globs.length === 0 ? {} : { scope: { include: [...globs] } }),
    ...(commentIds.length === 0 ? {} : { commentIds: [...commentIds] }),
  };
}
