import type { GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Refuses what a person decided on while they saw another active version. Without `expected` anything passes.
 *
 * @param notDone what did not happen, as a sentence
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
