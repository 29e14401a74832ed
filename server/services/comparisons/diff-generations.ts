import type { z } from "zod";
import type { GenerationDiffOutput, generationDiffInput } from "#lib/contracts/diff.ts";
import type { Container } from "#server/container.ts";
import { countLineChanges } from "#server/core/diff/count-line-changes.ts";
import { decodeText } from "#server/core/file-content.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { mapInThreads } from "#server/threads/map-in-threads.ts";
import { ThreadTimeoutError } from "#server/threads/thread-pool.ts";
import { deriveAll, type DerivedKind } from "#server/store/derived-contents.ts";
import type { TreeDifference } from "#server/core/diff/diff-trees.ts";
import { loadComparison, type Comparison } from "./load-comparison.ts";

/** The hardest texts of the largest size take about 1 s. */
const timeoutMs = 20_000;

const diffKind: DerivedKind<GenerationDiffOutput> = { name: "generation-diff", version: 2 };

/** What differs between two versions, with line counts; counted once and kept. @throws AppError GENERATION_NOT_FOUND */
export async function diffGenerations({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationDiffInput>;
}): Promise<GenerationDiffOutput> {
  return diffComparison({ container, comparison: await loadComparison({ container, ownerId, input }) });
}

/** The same of a comparison that is loaded. */
export async function diffComparison({
  container,
  comparison,
}: {
  container: Container;
  comparison: Comparison;
}): Promise<GenerationDiffOutput> {
  const key = `${comparison.base.generation?.generationId ?? ""} ${comparison.head.generation.generationId}`;
  const known = await deriveAll({
    database: container.database,
    kind: diffKind,
    keys: [key],
    compute: async () => new Map([[key, await countChanges({ container, comparison })]]),
  });
  return known.get(key) ?? { files: [], keptCount: comparison.head.tree.size };
}

async function countChanges({
  container,
  comparison: { head, changes },
}: {
  container: Container;
  comparison: Comparison;
}): Promise<GenerationDiffOutput> {
  const hashes = changes.flatMap(({ oldEntry, newEntry }) =>
    [oldEntry, newEntry].flatMap((entry) => (entry === undefined || entry.isBinary ? [] : [entry.contentHash])),
  );
  const contents = await loadBlobs({ transaction: container.database.prisma, hashes });
  const toText = (entry: FileEntry | undefined) =>
    entry === undefined ? "" : (decodeText(contents.get(entry.contentHash) ?? new Uint8Array()) ?? "");
  const isText = ({ oldEntry, newEntry }: TreeDifference) =>
    oldEntry?.isBinary !== true && newEntry?.isBinary !== true && oldEntry?.contentHash !== newEntry?.contentHash;
  const compared = changes.filter(isText);
  const counts = await mapInThreads({
    threads: container.threads,
    task: "countLineChanges",
    items: compared.map(({ oldEntry, newEntry }) => ({ before: toText(oldEntry), after: toText(newEntry) })),
    sizeOf: ({ before, after }) => before.length + after.length,
    inline: countLineChanges,
    timeoutMs,
  });
  const countsByPath = new Map(compared.map(({ path }, index) => [path, counts[index] ?? tookTooLong()]));
  const files = changes.map(({ path, previousPath, status, oldEntry, newEntry }) => {
    const isBinary = oldEntry?.isBinary === true || newEntry?.isBinary === true;
    return {
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      status,
      ...(countsByPath.get(path) ?? { additions: 0, deletions: 0 }),
      isBinary,
      ...(oldEntry === undefined ? {} : { oldSizeBytes: oldEntry.sizeBytes, oldMode: oldEntry.mode }),
      ...(newEntry === undefined ? {} : { newSizeBytes: newEntry.sizeBytes, newMode: newEntry.mode }),
    };
  });
  const changedHeadPaths = changes.filter(({ status }) => status !== "deleted").length;
  return { files, keptCount: head.tree.size - changedHeadPaths };
}

function tookTooLong(): never {
  throw new ThreadTimeoutError({ task: "countLineChanges", timeoutMs });
}
