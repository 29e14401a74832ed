import type { z } from "zod";
import type { HeldFileOutput, runHeldFileInput } from "#lib/contracts/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { buildPatches } from "#server/services/comparisons/build-patches.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { createGenerationStore } from "#server/store/generation-store.ts";
import { getRun } from "#server/store/runs.ts";
import { createEndedRuns } from "./ended-runs.ts";

/**
 * One file of what an ended run holds, beside the parent's.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_HOLDS_NOTHING, FILE_NOT_FOUND
 */
export async function readHeldFile({
  container,
  ownerId,
  input: { runId, path },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runHeldFileInput>;
}): Promise<HeldFileOutput> {
  const { database, treeObjects } = container;
  await getRun({ database, ownerId, runId });
  const { merged, parent } = (await createEndedRuns(container).getHeld(runId)).candidate;
  const change = merged.changes.find((entry) => entry.path === path);
  if (change === undefined)
    throw new AppError({
      code: "FILE_NOT_FOUND",
      message: `This run does not change ${path}. The parent's file stays as it is.`,
      details: { path },
    });
  const previousPath = change.previousPath ?? null;
  const oldEntry = parent.get(previousPath ?? path);
  const newEntry = merged.tree.get(path);
  const stored = await createGenerationStore({ database, treeObjects }).loadContents(
    [oldEntry, newEntry].flatMap((entry) =>
      entry === undefined || merged.newContents.has(entry.contentHash) ? [] : [entry.contentHash],
    ),
  );
  const read = (entry: FileEntry | undefined): Uint8Array | null =>
    entry === undefined ? null : (merged.newContents.get(entry.contentHash) ?? stored.get(entry.contentHash) ?? null);
  const before = read(oldEntry);
  const after = read(newEntry);
  const [built] = await buildPatches({
    threads: container.threads,
    files: [
      {
        path,
        ...(previousPath === null ? {} : { previousPath }),
        before,
        after,
        oldMode: oldEntry?.mode,
        newMode: newEntry?.mode,
      },
    ],
  });
  return {
    path,
    previousPath,
    before: before === null ? null : (readEncodedText(before)?.text ?? null),
    after: after === null ? null : (readEncodedText(after)?.text ?? null),
    patch: built?.patch ?? "",
  };
}
