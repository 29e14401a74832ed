import type { GenerationDiffOutput } from "#lib/contracts/comparisons/diff.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { countLineChanges } from "#server/core/diff/count-line-changes.ts";
import { describeEncodings, readEncodedText, type EncodedText } from "#server/core/text-encoding.ts";
import { mayHaveText, type FileEntry } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { mapInThreads } from "#server/threads/map-in-threads.ts";
import { ThreadTimeoutError } from "#server/threads/thread-pool.ts";
import { deriveAll, type DerivedKind } from "#server/store/contents/derived-contents.ts";
import type { TreeDifference } from "#server/core/diff/diff-trees.ts";
import { loadComparison, type Comparison, type ComparisonRequest } from "./load-comparison.ts";

/** The hardest texts of the largest size take about 1 s. */
const timeoutMs = 20_000;

const diffKind: DerivedKind<GenerationDiffOutput> = { name: "generation-diff", version: 3 };

/**
 * The differences between two versions with line counts, computed once and stored. @throws AppError
 * GENERATION_NOT_FOUND
 */
export async function diffGenerations(request: ComparisonRequest): Promise<GenerationDiffOutput> {
  return diffComparison({ container: request.container, comparison: await loadComparison(request) });
}

/** The same for a loaded comparison. */
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
    [oldEntry, newEntry].flatMap((entry) => (entry === undefined || !mayHaveText(entry) ? [] : [entry.contentHash])),
  );
  const contents = await loadBlobs({ transaction: container.database.prisma, hashes });
  const texts = new Map<ContentHash, EncodedText | null>();
  for (const [hash, bytes] of contents) texts.set(hash, readEncodedText(bytes));
  const read = (entry: FileEntry | undefined) => (entry === undefined ? null : (texts.get(entry.contentHash) ?? null));
  const toText = (entry: FileEntry | undefined) => read(entry)?.text ?? "";
  const isBinaryFile = ({ oldEntry, newEntry }: TreeDifference) =>
    [oldEntry, newEntry].some((entry) => entry?.isBinary === true && read(entry) === null);
  const isText = (change: TreeDifference) =>
    !isBinaryFile(change) && change.oldEntry?.contentHash !== change.newEntry?.contentHash;
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
  const files = changes.map((change) => {
    const { path, previousPath, status, oldEntry, newEntry } = change;
    const isBinary = isBinaryFile(change);
    const encoding = isBinary ? undefined : describeEncodings([read(oldEntry), read(newEntry)]);
    return {
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      status,
      ...(countsByPath.get(path) ?? { additions: 0, deletions: 0 }),
      isBinary,
      ...(encoding === undefined ? {} : { encoding }),
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
