import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** git with the same trees: the yardstick of the store's benches. */
export class GitYardstick {
  readonly directory = mkdtempSync(join(tmpdir(), "graft-bench-git-"));

  constructor() {
    this.run("init", "--quiet", "--initial-branch=main");
    this.run("config", "user.name", "bench");
    this.run("config", "user.email", "bench@localhost");
    this.run("config", "gc.auto", "0");
    // The store commits durably, so git is configured likewise.
    this.run("config", "core.fsync", "all");
  }

  run(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: this.directory,
      encoding: "utf8",
      maxBuffer: 256 * 1_048_576,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  write(texts: Iterable<[string, string]>): void {
    for (const [path, text] of texts) {
      const target = join(this.directory, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }

  commit(message: string): void {
    this.run("add", "--all");
    this.run("commit", "--quiet", "--message", message);
  }

  /** Bytes of the object store as counted by `du`, which is the disk usage, and as the sum of file sizes. */
  countObjectBytes(): { onDisk: number; apparent: number } {
    const du = (...flags: string[]) =>
      Number.parseInt(
        execFileSync("du", ["-s", ...flags, join(this.directory, ".git", "objects")], { encoding: "utf8" }),
        10,
      );
    return { onDisk: du("--block-size=1"), apparent: du("--apparent-size", "--block-size=1") };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
