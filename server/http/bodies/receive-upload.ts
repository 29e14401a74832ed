import { mkdir, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { bytesOfFile, type ByteSource } from "#server/archive/byte-source.ts";
import { readBodyChunks } from "./read-body-chunks.ts";

/**
 * Takes the body of a request into a file, so that memory does not grow with it, and hands it to `use`. The file has no
 * name from the moment that it exists: however the process ends, nothing stays.
 *
 * @throws AppError INPUT_TOO_LARGE, CANCELLED where the client broke the upload off; and whatever `use` throws
 */
export async function receiveUpload<Result>({
  directory,
  use,
  ...limited
}: {
  request: Request;
  /** Where uploads are kept while they are read. */
  directory: string;
  maxBytes: number;
  limitName: string;
  use: (upload: ByteSource) => Promise<Result>;
}): Promise<Result> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, crypto.randomUUID());
  const handle = await open(path, "wx+", 0o600);
  try {
    await unlink(path);
    let sizeBytes = 0;
    for await (const chunk of readBodyChunks(limited)) {
      await handle.writeFile(chunk);
      sizeBytes += chunk.length;
    }
    return await use(bytesOfFile({ handle, sizeBytes }));
  } finally {
    await handle.close();
  }
}
