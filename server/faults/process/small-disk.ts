import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { open, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const blockBytes = 1_048_576;
const smallestBlockBytes = 4_096;

/** An in-memory file system of a few hundred MiB, which can be filled and emptied. */
export class SmallDisk {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** Whether this user may mount one. */
  static isPossible(): boolean {
    if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
    const directory = makeFolder();
    try {
      mount({ directory, sizeMiB: 1 });
      execFileSync("umount", [directory]);
      return true;
    } catch {
      return false;
    } finally {
      rmdirSync(directory);
    }
  }

  static create({ sizeMiB }: { sizeMiB: number }): SmallDisk {
    const directory = makeFolder();
    mount({ directory, sizeMiB });
    return new SmallDisk(directory);
  }

  /** Uses up all remaining space. */
  async fill(): Promise<void> {
    const file = await open(this.#ballast, "a");
    try {
      for (let size = blockBytes; size >= smallestBlockBytes; size = size > smallestBlockBytes ? smallestBlockBytes : 0)
        await writeWhileThereIsRoom({ write: () => file.writeFile(Buffer.alloc(size, 1)) });
    } finally {
      await file.close();
    }
  }

  async free(): Promise<void> {
    await rm(this.#ballast, { force: true });
  }

  async remove(): Promise<void> {
    execFileSync("umount", ["--lazy", this.directory]);
    await rmdir(this.directory);
  }

  get #ballast(): string {
    return join(this.directory, "ballast");
  }
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "graft-disk-"));
}

/** Accessible to all users, because PostgreSQL has its own user if the tests run as root. */
function mount({ directory, sizeMiB }: { directory: string; sizeMiB: number }): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeMiB}m,mode=1777`, "tmpfs", directory], { stdio: "ignore" });
}

async function writeWhileThereIsRoom({ write }: { write: () => Promise<void> }): Promise<void> {
  for (;;) {
    try {
      await write();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") return;
      throw error;
    }
  }
}
