import { basename } from "node:path/posix";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { deriveAll, type DerivedKind } from "#server/store/contents/derived-contents.ts";
import { ThreadTimeoutError, type ThreadPool } from "#server/threads/thread-pool.ts";

/** Increase it when the themes change or the library colours differently. */
const textKind: DerivedKind<LineColours | null> = { name: "text-colours", version: 2 };

type ColouredFile = { path: FilePath; entry: FileEntry };

/** A text's colours depend on its content and on the file name, which determines the language. */
export function textKey({ path, entry }: ColouredFile): string {
  return `${entry.contentHash} ${basename(path)}`;
}

/** 20,000 lines take about 0.2 s. */
const timeoutMs = 5_000;

/** The colours of whole texts, computed once and stored; null for what is not text or cannot be coloured. */
export async function readTextColours({
  container: { database, threads },
  files,
}: {
  container: Container;
  files: readonly ColouredFile[];
}): Promise<Map<string, LineColours | null>> {
  const fileByKey = new Map(files.map((file) => [textKey(file), file]));
  return deriveAll({
    database,
    kind: textKind,
    keys: [...fileByKey.keys()],
    compute: async (missing) => {
      const wanted = missing.flatMap((key) => fileByKey.get(key) ?? []);
      const contents = await loadBlobs({
        transaction: database.prisma,
        hashes: wanted.map(({ entry }) => entry.contentHash),
      });
      const colours = await Promise.all(
        wanted.map(async (file) => {
          const text = readEncodedText(contents.get(file.entry.contentHash) ?? new Uint8Array())?.text ?? null;
          return [textKey(file), text === null ? null : await colour({ threads, path: file.path, text })] as const;
        }),
      );
      return new Map(colours);
    },
  });
}

async function colour({
  threads,
  path,
  text,
}: {
  threads: ThreadPool;
  path: FilePath;
  text: string;
}): Promise<LineColours | null> {
  try {
    return await threads.run({ task: "colour", input: { path, text }, timeoutMs, urgency: "background" });
  } catch (error) {
    // A retry would take as long.
    if (error instanceof ThreadTimeoutError) return null;
    throw error;
  }
}
