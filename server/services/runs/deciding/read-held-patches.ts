import type { z } from "zod";
import { compareByFolder } from "#lib/compare-by-folder.ts";
import type { FileDiffItem } from "#lib/contracts/comparisons/diff.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { runHeldPatchesInput } from "#lib/contracts/runs/run.ts";
import type { Container } from "#server/container.ts";
import { buildPatches } from "#server/services/comparisons/build-patches.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import type { HeldCandidate } from "#server/orchestrator/held-candidate.ts";
import { createGenerationStore } from "#server/store/generation-store.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { createEndedRuns } from "../working/ended-runs.ts";

/**
 * A page of the patches of an ended run's held result, against the parent. Without colours, which only exist for stored
 * contents.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_HOLDS_NOTHING
 */
export async function readHeldPatches({
  container,
  ownerId,
  input: { runId, afterPath, limit },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runHeldPatchesInput>;
}): Promise<{ items: FileDiffItem[] }> {
  await getRun({ database: container.database, ownerId, runId });
  const { candidate } = await createEndedRuns(container).getHeld(runId);
  const changes = candidate.merged.changes
    .filter(({ path }) => afterPath === undefined || compareByFolder(path, afterPath) > 0)
    .toSorted((one, other) => compareByFolder(one.path, other.path))
    .slice(0, limit);
  const patched = await patchHeldChanges({ container, candidate, changes });
  return {
    items: patched.map(({ path, patch, isBinary, isTooLarge }) => ({
      path,
      patch,
      isBinary,
      isTooLarge,
      colours: null,
    })),
  };
}

/** Changes of a held candidate with both contents (null for a missing side) and their patches. */
export async function patchHeldChanges({
  container,
  candidate: { merged, parent },
  changes,
}: {
  container: Container;
  candidate: HeldCandidate["candidate"];
  changes: readonly LedgerEntry[];
}) {
  const { database, treeObjects } = container;
  const sides = changes.map(({ path, previousPath = path }) => ({
    path,
    previousPath,
    oldEntry: parent.get(previousPath),
    newEntry: merged.tree.get(path),
  }));
  const stored = await createGenerationStore({ database, treeObjects }).loadContents(
    sides
      .flatMap(({ oldEntry, newEntry }) => [oldEntry, newEntry])
      .flatMap((entry) =>
        entry === undefined || merged.newContents.has(entry.contentHash) ? [] : [entry.contentHash],
      ),
  );
  const read = (entry: FileEntry | undefined): Uint8Array | null =>
    entry === undefined ? null : (merged.newContents.get(entry.contentHash) ?? stored.get(entry.contentHash) ?? null);
  const files = sides.map(({ path, previousPath, oldEntry, newEntry }) => ({
    path,
    ...(previousPath === path ? {} : { previousPath }),
    before: read(oldEntry),
    after: read(newEntry),
    oldMode: oldEntry?.mode,
    newMode: newEntry?.mode,
  }));
  const patches = await buildPatches({ threads: container.threads, files });
  return files.map((file, index) => {
    const { patch = "", isBinary = false, isTooLarge = true } = patches[index] ?? {};
    return { path: file.path, before: file.before, after: file.after, patch, isBinary, isTooLarge };
  });
}
