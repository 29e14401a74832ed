import { useState } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { findRunToWaitFor } from "./queue-order.ts";

/**
 * When a prompt on a version starts: after the run that works on that version, or at once beside it if the user wants
 * that. `canWait` is false for a prompt that never waits.
 */
export function useQueuePlace({
  active,
  generationId,
  canWait,
}: {
  active: readonly RunOutput[];
  generationId: GenerationId | null;
  canWait: boolean;
}) {
  const [isBeside, setIsBeside] = useState(false);
  const atWork = canWait ? findRunToWaitFor({ active, generationId }) : null;
  return {
    /** The run that the prompt can wait for. */
    atWork,
    isBeside,
    setIsBeside,
    /** The run that the prompt does wait for. */
    afterRunId: isBeside ? null : (atWork?.runId ?? null),
  };
}
