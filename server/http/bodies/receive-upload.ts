import { mkdir, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { bytesOfFile, type ByteSource } from "#server/archive/byte-source.ts";
import { readBodyChunks } from "./read-body-chunks.ts";

/**
 * Streams the body of a request into a file, so that memory use stays constant, and passes it to `use`. The file is
 * unlinked as soon as it is open: however the process ends, nothing remains.
 *
 * @throws AppError INPUT_TOO_LARGE, CANCELLED if the client aborted the upload; and whatever `use` throws
 */
export async function receiveUpload<Result>({
  directory,
  use,
  ...limited
}: {
  request: Request;
  /** The folder for uploads while they are read. */
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
