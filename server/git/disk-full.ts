/** What a command of git says where it cannot write. */
const words = /No space left on device|Disk quota exceeded/;

/** The error that a full disk is to Node, where that is what a command of git failed of; null where it is not. */
export function toDiskFull(stderr: string): NodeJS.ErrnoException | null {
  return words.test(stderr) ? Object.assign(new Error(stderr.trim().slice(-500)), { code: "ENOSPC" }) : null;
}
