import type { GenerationDetailOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { CommentWithFate } from "#lib/contracts/comparisons/review-comment.ts";
import { compareHref, filesHref, reviewHref } from "#lib/hrefs.ts";

/**
 * Where to show the lines of an answered comment: in the review against the commented version, which has them on its
 * old side; if the file is the same in both, in the file itself. Lines that were already deleted are on neither side:
 * links to the file.
 */
export function placeAnsweredComment({
  projectId,
  generation: { generationId, parentGenerationIds, ledger },
  comment,
}: {
  projectId: ProjectId;
  generation: Pick<GenerationDetailOutput, "generationId" | "parentGenerationIds" | "ledger">;
  comment: Pick<CommentWithFate, "generationId" | "path" | "newPath" | "side" | "firstLine" | "lastLine">;
}): string {
  const { side, firstLine, lastLine } = comment;
  const path = comment.newPath ?? comment.path;
  const place = { projectId, generationId };
  const isOfParent = comment.generationId === parentGenerationIds[0];
  const isChanged = ledger.some((entry) => entry.path === path && entry.disposition !== "kept");
  if (isOfParent && !isChanged)
    return filesHref({ ...place, path, ...(side === "additions" ? { line: firstLine } : {}) });
  const lines = side === "additions" ? `&L=L${firstLine}${lastLine === firstLine ? "" : `-${lastLine}`}` : "";
  const review = isOfParent
    ? reviewHref({ ...place, path })
    : `${compareHref({ projectId, base: comment.generationId, head: generationId })}?file=${encodeURIComponent(path)}`;
  return `${review}${lines}`;
}
