import type { z } from "zod";
import type { GenerationDiffOutput, generationDiffInput } from "#lib/contracts/diff.ts";
import type { Container } from "#server/container.ts";
import { countLineChanges } from "#server/core/diff/count-line-changes.ts";
import { decodeText } from "#server/core/file-content.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { loadComparison } from "./load-comparison.ts";

/** What differs between two versions, with line counts. @throws AppError GENERATION_NOT_FOUND */
export async function diffGenerations({ container, ownerId, input }: { container: Container; ownerId: string; input: z.infer<typeof generationDiffInput> }): Promise<GenerationDiffOutput> {
  const { head, changes } = await loadComparison({ container, ownerId, input });
  const hashes = changes.flatMap(({ oldEntry, newEntry }) => [oldEntry, newEntry].flatMap((entry) => (entry === undefined || entry.isBinary ? [] : [entry.contentHash])));
  const contents = await loadBlobs({ transaction: container.database.prisma, hashes });
  const toText = (entry: FileEntry | undefined) => (entry === undefined ? "" : (decodeText(contents.get(entry.contentHash) ?? new Uint8Array()) ?? ""));
  const files = changes.map(({ path, previousPath, status, oldEntry, newEntry }) => {
    const isBinary = oldEntry?.isBinary === true || newEntry?.isBinary === true;
    const counts = isBinary || oldEntry?.contentHash === newEntry?.contentHash ? { additions: 0, deletions: 0 } : countLineChanges({ before: toText(oldEntry), after: toText(newEntry) });
    return {
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      status,
      ...counts,
      isBinary,
      ...(oldEntry === undefined ? {} : { oldSizeBytes: oldEntry.sizeBytes }),
      ...(newEntry === undefined ? {} : { newSizeBytes: newEntry.sizeBytes }),
    };
  });
  const changedHeadPaths = changes.filter(({ status }) => status !== "deleted").length;
  return { files, keptCount: head.tree.size - changedHeadPaths };
}
