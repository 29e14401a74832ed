/** git's error messages when it cannot write. */
const words = /No space left on device|Disk quota exceeded/;

/** Converts a git failure caused by a full disk to Node's ENOSPC; null for any other failure. */
export function toDiskFull(stderr: string): NodeJS.ErrnoException | null {
  return words.test(stderr) ? Object.assign(new Error(stderr.trim().slice(-500)), { code: "ENOSPC" }) : null;
}
