import { mkdir, open, unlink, type FileHandle } from "node:fs/promises";
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
  const chunks = readBodyChunks(limited);
  const handle = await openUnlinked(directory).catch((error: unknown) => drainBefore({ chunks, error }));
  try {
    let sizeBytes = 0;
    for await (const chunk of chunks) {
      await handle.writeFile(chunk).catch((error: unknown) => drainBefore({ chunks, error }));
      sizeBytes += chunk.length;
    }
    return await use(bytesOfFile({ handle, sizeBytes }));
  } finally {
    await handle.close();
  }
}

async function openUnlinked(directory: string): Promise<FileHandle> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, crypto.randomUUID());
  const handle = await open(path, "wx+", 0o600);
  await unlink(path);
  return handle;
}

/**
 * A client reads the response only after it has sent its whole body. An earlier error would look like a lost
 * connection.
 */
async function drainBefore({ chunks, error }: { chunks: AsyncGenerator<Uint8Array>; error: unknown }): Promise<never> {
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next());
  throw error;
}
