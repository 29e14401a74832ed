import type { z } from "zod";
import type { ViewedFile, viewedListInput, viewedSetInput } from "#lib/contracts/versions/viewed-file.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { decideViewed } from "#server/core/diff/decide-viewed.ts";
import { addViewedMark, listViewedMarks, removeViewedMark } from "#server/store/viewed-files.ts";
import { listVersionsBetween } from "#server/store/versions/version-steps.ts";
import { loadComparison } from "./load-comparison.ts";

type Service = { container: Container; ownerId: string };

/**
 * The files of a comparison that were viewed, or were viewed before they changed.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function listViewedFiles({
  container,
  ownerId,
  input,
}: Service & { input: z.infer<typeof viewedListInput> }): Promise<{ files: ViewedFile[] }> {
  const { head, changes } = await loadComparison({ container, ownerId, input });
  const { projectId, generationId } = head.generation;
  const marks = await listViewedMarks({
    database: container.database,
    ownerId,
    projectId,
    paths: changes.map(({ path }) => path),
  });
  const between = await listVersionsBetween({
    database: container.database,
    base: input.againstGenerationId,
    head: generationId,
  });
  const files = changes.flatMap((change): ViewedFile[] => {
    const decision = decideViewed({ pair: toPair(change), marks: marks.get(change.path) ?? [], between });
    return decision === null ? [] : [{ path: change.path, ...decision }];
  });
  return { files };
}

/**
 * Sets or removes the viewed mark of a file in a comparison. The mark applies to its two contents.
 *
 * @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND if the file is the same on both sides
 */
export async function setFileViewed({
  container,
  ownerId,
  input,
}: Service & { input: z.infer<typeof viewedSetInput> }): Promise<void> {
  const { head, changes } = await loadComparison({ container, ownerId, input });
  const { path, isViewed, generationId } = input;
  const change = changes.find((each) => each.path === path);
  if (change === undefined)
    throw new AppError({
      code: "FILE_NOT_FOUND",
      message: `${path} does not differ between the two versions, so there is nothing to mark.`,
      details: { path },
    });
  const mark = {
    database: container.database,
    ownerId,
    projectId: head.generation.projectId,
    path,
    pair: toPair(change),
  };
  if (isViewed) await addViewedMark({ ...mark, generationId });
  else await removeViewedMark(mark);
}

function toPair({
  oldEntry,
  newEntry,
}: {
  oldEntry?: { contentHash: string } | undefined;
  newEntry?: { contentHash: string } | undefined;
}) {
  return { oldHash: oldEntry?.contentHash ?? null, newHash: newEntry?.contentHash ?? null };
}
