import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { Container } from "#server/container.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { listPreviewTexts } from "#server/core/previews/list-preview-texts.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";

/** The files of a version that determine its preview. */
export async function readPreviewTexts({
  container: { database },
  tree,
}: {
  container: Pick<Container, "database">;
  tree: FileTree;
}): Promise<Map<FilePath, string>> {
  const files = listPreviewTexts(tree.keys()).flatMap((path) => {
    const entry = tree.get(path);
    const isReadable = entry !== undefined && entry.mode !== "120000" && entry.sizeBytes <= limits.parsedFileBytes;
    return isReadable ? [{ path, contentHash: entry.contentHash }] : [];
  });
  const hashes = files.map(({ contentHash }) => contentHash);
  const contents = await loadBlobs({ transaction: database.prisma, hashes });
  return new Map(
    files.map(({ path, contentHash }) => {
      const content = contents.get(contentHash);
      return [path, content === undefined ? "" : (readEncodedText(content)?.text ?? "")] as const;
    }),
  );
}
