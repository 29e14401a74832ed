import type { GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Refuses a decision that the user made while another version was active. Without `expected` anything passes.
 *
 * @param notDone a sentence that says what did not happen
 * @throws AppError HEAD_MOVED
 */
export function assertHead({
  head,
  expected,
  notDone,
}: {
  head: GenerationId | null;
  expected: GenerationId | undefined;
  notDone: string;
}): void {
  if (expected === undefined || expected === head) return;
  throw new AppError({
    code: "HEAD_MOVED",
    message: `Another version became the active one in the meantime. ${notDone} Look at what is active now, then decide again.`,
    details: { headGenerationId: head },
  });
}
