import type { ModelDescription, RunRequest } from "./ports.ts";
import type { RunMode } from "#lib/contracts/runs/run.ts";

/** Above this many files a plan prevents more misplaced edits than its call costs. */
const manyFiles = 40;
/** Longer prompts contain several requests, of which an unplanned answer tends to forget one. */
const longPromptBytes = 600;

/** The policy of `auto`, and the reason recorded on the run. */
export function chooseMode({
  request,
  model,
  parentFileCount,
}: {
  request: RunRequest;
  model: ModelDescription;
  parentFileCount: number;
}): { mode: RunMode; reason: string } {
  if (request.kind === "ask") return { mode: "classic", reason: "A question needs no plan." };
  if (request.kind === "plan") return { mode: "enhanced", reason: "You asked for a plan first." };
  if (request.acceptedPlan !== null) return { mode: "enhanced", reason: "You accepted a plan." };
  if (request.mode !== "auto") return { mode: request.mode, reason: `You chose ${request.mode}.` };
  if (model.provider === "builtin")
    return { mode: "classic", reason: "The built-in generator plans by its own rules." };
  if (parentFileCount > manyFiles)
    return { mode: "enhanced", reason: `The parent has ${parentFileCount} files, so a plan comes first.` };
  if (Buffer.byteLength(request.prompt) > longPromptBytes)
    return { mode: "enhanced", reason: "The prompt is long, so a plan comes first." };
  return { mode: "classic", reason: "A short prompt on a small project needs no plan." };
}
