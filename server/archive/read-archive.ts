import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import { decodeText } from "#server/core/file-content.ts";
import { findPathCollision, parseFilePath } from "#server/core/file-path.ts";

const unixFileType = 0o170000;
const unixRegularFile = 0o100000;
const unixDirectory = 0o040000;

/** What a desktop leaves in archives and no project means to hold. */
const desktopLitter = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/;

/**
 * The files of a zip. Everything about an archive is checked before it is believed: names by the path rules, types, the
 * number of entries, and sizes while inflating, since declared ones lie. Paths and
 * bytes are kept as they are.
 *
 * @throws AppError INVALID_ARCHIVE, INVALID_PATH, INPUT_TOO_LARGE; nothing is stored then
 */
export async function readArchive(archive: Uint8Array): Promise<ReadonlyMap<FilePath, Uint8Array>> {
  const zip = await openZip(archive);
  try {
    const files = await readEntries({ zip, archiveBytes: archive.length });
    if (files.size === 0) throw invalidArchive("The archive holds no files.");
    const collision = findPathCollision([...files.keys()]);
    if (collision !== null)
      throw invalidArchive(`The archive holds two files that collide: ${collision.join(" and ")}.`);
    return files;
  } finally {
    zip.close();
  }
}

async function openZip(archive: Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(
      Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength),
      { lazyEntries: true, strictFileNames: true, validateEntrySizes: true },
      (error, zip) => {
        if (error) reject(invalidArchive("The upload is not a zip archive that can be read.", error));
        else resolve(zip);
      },
    );
  });
}

async function readEntries({
  zip,
  archiveBytes,
}: {
  zip: ZipFile;
  archiveBytes: number;
}): Promise<Map<FilePath, Uint8Array>> {
  const files = new Map<FilePath, Uint8Array>();
  let inflatedBytes = 0;
  let entryCount = 0;
  for await (const entry of listEntries(zip)) {
    entryCount += 1;
    if (entryCount > limits.projectFiles * 4)
      throw tooLarge({ what: "entries", limit: limits.projectFiles * 4, name: "projectFiles" });
    if (!isFile(entry) || desktopLitter.test(entry.fileName)) continue;
    const parsed = parseFilePath(entry.fileName);
    if (parsed.status === "invalid") {
      throw new AppError({
        code: "INVALID_PATH",
        message: `The archive holds a path that a project cannot have: ${JSON.stringify(entry.fileName.slice(0, 200))}. ${parsed.reason} Nothing was imported.`,
        details: { path: entry.fileName.slice(0, 1_024) },
      });
    }
    if (files.has(parsed.path)) throw invalidArchive(`The archive holds ${parsed.path} twice.`);
    if (files.size >= limits.projectFiles)
      throw tooLarge({ what: "files", limit: limits.projectFiles, name: "projectFiles" });
    const content = await readEntry({
      zip,
      entry,
      maxBytes: Math.min(limits.binaryFileBytes, limits.archiveBytes - inflatedBytes),
    });
    inflatedBytes += content.length;
    if (inflatedBytes > archiveBytes * limits.archiveRatio)
      throw invalidArchive(`The archive inflates to more than ${limits.archiveRatio} times its size.`);
    if (content.length > limits.textFileBytes && decodeText(content) !== null)
      throw tooLarge({ what: `bytes of text in ${parsed.path}`, limit: limits.textFileBytes, name: "textFileBytes" });
    files.set(parsed.path, content);
  }
  return files;
}

async function* listEntries(zip: ZipFile): AsyncGenerator<Entry> {
  for (let index = 0; index < zip.entryCount; index += 1) {
    yield await new Promise<Entry>((resolve, reject) => {
      const onError = (error: Error) => reject(invalidArchive(`The archive is damaged: ${error.message}.`, error));
      const onEnd = () => reject(invalidArchive("The archive lists fewer entries than it declares."));
      zip.once("error", onError);
      zip.once("end", onEnd);
      zip.once("entry", (entry: Entry) => {
        zip.off("error", onError);
        zip.off("end", onEnd);
        resolve(entry);
      });
      zip.readEntry();
    });
  }
}

function isFile(entry: Entry): boolean {
  const type = (entry.externalFileAttributes >>> 16) & unixFileType;
  if (entry.fileName.endsWith("/")) return false;
  if (type === 0 || type === unixRegularFile) {
    if (entry.isEncrypted()) throw invalidArchive(`${entry.fileName} is encrypted.`);
    return true;
  }
  if (type === unixDirectory) return false;
  throw invalidArchive(`${entry.fileName} is a link or a device, not a file.`);
}

async function readEntry({
  zip,
  entry,
  maxBytes,
}: {
  zip: ZipFile;
  entry: Entry;
  maxBytes: number;
}): Promise<Uint8Array> {
  if (entry.uncompressedSize > maxBytes)
    throw tooLarge({ what: `bytes in ${entry.fileName}`, limit: limits.binaryFileBytes, name: "binaryFileBytes" });
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(invalidArchive(`${entry.fileName} cannot be read: ${error.message}.`, error));
        return;
      }
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      stream.on("data", (chunk: Buffer) => {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes)
          stream.destroy(
            tooLarge({ what: `bytes in ${entry.fileName}`, limit: limits.binaryFileBytes, name: "binaryFileBytes" }),
          );
        else chunks.push(chunk);
      });
      stream.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
      stream.on("error", (cause: Error) =>
        reject(
          cause instanceof AppError ? cause : invalidArchive(`${entry.fileName} is damaged: ${cause.message}.`, cause),
        ),
      );
    });
  });
}

function invalidArchive(reason: string, cause?: unknown): AppError {
  return new AppError({ code: "INVALID_ARCHIVE", message: `${reason} Nothing was imported.`, cause });
}

function tooLarge({ what, limit, name }: { what: string; limit: number; name: string }): AppError {
  return new AppError({
    code: "INPUT_TOO_LARGE",
    message: `The archive has more ${what} than a project may have: the limit is ${limit.toLocaleString("en")}. Nothing was imported.`,
    details: { limit: name, maximum: limit },
  });
}
