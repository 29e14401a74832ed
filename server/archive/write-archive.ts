import type { FilePath } from "#lib/contracts/ids.ts";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";

/** Fixed, so that one version always gives the same archive. */
const entryTime = new Date(Date.UTC(2000, 0, 1));

/** A zip of `files`, streamed; entries in the order given. */
export function writeArchive(files: Iterable<[FilePath, Uint8Array]>): ReadableStream<Uint8Array> {
  const zip = new ZipFile();
  for (const [path, content] of files)
    zip.addBuffer(Buffer.from(content.buffer, content.byteOffset, content.byteLength), path, {
      mtime: entryTime,
      mode: 0o100644,
    });
  zip.end();
  return Readable.toWeb(Readable.from(zip.outputStream)) as ReadableStream<Uint8Array>;
}
