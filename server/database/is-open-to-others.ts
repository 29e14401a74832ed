import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Whether any user can enter every directory down to this one: a process of another user works below it. */
export async function isOpenToOthers(directory: string): Promise<boolean> {
  for (let current = directory; ; current = dirname(current)) {
    const { mode } = await stat(current);
    if ((mode & 0o001) === 0) return false;
    if (current === dirname(current)) return true;
  }
}
