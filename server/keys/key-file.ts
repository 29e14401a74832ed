import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "#lib/errors.ts";

const keyBytes = 32;
const ownerAlone = 0o600;

/**
 * The key that encrypts stored keys, from a file that only its owner can read; null if there is no file.
 *
 * @throws AppError KEY_FILE_UNUSABLE
 */
export async function readKeyFile(path: string): Promise<Buffer | null> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) throw unusable(`others can read it. Run: chmod 600 ${path}`);
    const key = Buffer.from((await readFile(path, "utf8")).trim(), "hex");
    if (key.length !== keyBytes) throw unusable(`${path} does not hold a key. Put back the file that was there`);
    return key;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw unusable(`${path} cannot be read (${code ?? "unknown"})`);
  }
}

/**
 * The key in the file, which is created if it does not exist. Creation is atomic, and concurrent creators all get the
 * same key.
 *
 * @throws AppError KEY_FILE_UNUSABLE
 */
export async function ensureKeyFile(path: string): Promise<Buffer> {
  const present = await readKeyFile(path);
  if (present !== null) return present;
  try {
    await placeNewKey(path);
  } catch (error) {
    throw unusable(`${path} cannot be made (${(error as NodeJS.ErrnoException).code ?? "unknown"})`);
  }
  const made = await readKeyFile(path);
  if (made === null) throw unusable(`${path} cannot be read`);
  return made;
}

async function placeNewKey(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  const file = await open(draft, "wx", ownerAlone);
  try {
    await file.writeFile(`${randomBytes(keyBytes).toString("hex")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // Unlike a rename, a link never replaces a file that another process created in the same moment.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(draft);
  }
}

function unusable(reason: string): AppError {
  return new AppError({
    code: "KEY_FILE_UNUSABLE",
    message: `The file that protects stored keys cannot be used: ${reason}. Nothing was changed.`,
  });
}
