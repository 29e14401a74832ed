import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A zip of texts, as a user would upload it. */
export async function buildArchive(texts: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(texts)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
