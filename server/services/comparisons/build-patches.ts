import { buildFilePatch, type FilePatch } from "#server/core/diff/build-file-patch.ts";
import { mapInThreads } from "#server/threads/map-in-threads.ts";
import type { ThreadPool } from "#server/threads/thread-pool.ts";

type PatchSource = Parameters<typeof buildFilePatch>[0];

/** The hardest texts of the largest size take about 1 s. */
const timeoutMs = 10_000;

/**
 * The patches of files, in order. One that takes too long is reported as too large, without counts; `isLate`
 * distinguishes it from one that is always too large.
 */
export async function buildPatches({
  threads,
  files,
}: {
  threads: ThreadPool;
  files: readonly PatchSource[];
}): Promise<(FilePatch & { isLate: boolean })[]> {
  const patches = await mapInThreads({
    threads,
    task: "buildPatches",
    items: files,
    sizeOf: ({ before, after }) => (before?.length ?? 0) + (after?.length ?? 0),
    inline: buildFilePatch,
    timeoutMs,
  });
  return patches.map((patch) =>
    patch === null
      ? { patch: "", additions: 0, deletions: 0, isBinary: false, isTooLarge: true, isLate: true }
      : { ...patch, isLate: false },
  );
}
