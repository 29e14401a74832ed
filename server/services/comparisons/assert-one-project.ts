import { AppError } from "#lib/errors.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";

/** Versions of two projects cannot be compared. @throws AppError GENERATION_NOT_FOUND */
export function assertOneProject({
  base,
  head,
}: {
  /** Null if the head is compared with nothing. */
  base: Pick<StoredGeneration, "generationId" | "projectId"> | null;
  head: Pick<StoredGeneration, "projectId">;
}): void {
  if (base === null || base.projectId === head.projectId) return;
  throw new AppError({
    code: "GENERATION_NOT_FOUND",
    message: "The two versions belong to different projects, so they cannot be compared.",
    details: { generationId: base.generationId },
  });
}
