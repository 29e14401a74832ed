import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `oldId` and `newId` are git's ids of the contents; null if there is no file. */
export type GitChange = { path: string; previousPath: string; oldId: string | null; newId: string | null };
export type GitCommit = { id: string; parentId: string; subject: string };

/** A repository with or without a work tree, read through git. */
export class GitHistory {
  readonly #directory: string;
  readonly #contents = new Map<string, Buffer>();
  #reader: BlobReader | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The newest commits with one parent, except formatting commits. */
  listCommits(limit: number): GitCommit[] {
    const ignored = this.#listFormattingCommits();
    const lines = this.#git("log", "--no-merges", `--max-count=${limit + ignored.size}`, "--format=%H %P%x09%s");
    return lines.split("\n").flatMap((line): GitCommit[] => {
      const [ids = "", subject = ""] = line.split("\t");
      const [id, parentId] = ids.split(" ");
      return id === undefined || parentId === undefined || parentId === "" || ignored.has(id)
        ? []
        : [{ id, parentId, subject }];
    });
  }

  /** The newest commit that git blame ignores because it only formats; null if none is named. */
  lastFormattingCommit(): string | null {
    return [...this.#listFormattingCommits()].at(-1)?.slice(0, 7) ?? null;
  }

  #listFormattingCommits(): Set<string> {
    const file = join(this.#directory, ".git-blame-ignore-revs");
    return new Set(existsSync(file) ? (readFileSync(file, "utf8").match(/^[0-9a-f]{40}$/gm) ?? []) : []);
  }

  /** Regular files that a commit changes; links and submodules are omitted. */
  listChanges({ id, parentId }: GitCommit): GitChange[] {
    const fields = this.#git("diff-tree", "-r", "-M", "-z", "--no-commit-id", parentId, id).split("\0");
    const changes: GitChange[] = [];
    for (let at = 0; at + 1 < fields.length;) {
      const [oldMode = "", newMode = "", oldId = "", newId = "", status = ""] = (fields[at] ?? "").slice(1).split(" ");
      const isMoved = /^[RC]/.test(status);
      const previousPath = fields[at + 1] ?? "";
      const path = isMoved ? (fields[at + 2] ?? "") : previousPath;
      at += isMoved ? 3 : 2;
      const isRegular = [oldMode.replace(":", ""), newMode].every((mode) => /^(?:100\d{3}|000000)$/.test(mode));
      const toId = (text: string) => (/^0+$/.test(text) ? null : text);
      if (isRegular) changes.push({ path, previousPath, oldId: toId(oldId), newId: toId(newId) });
    }
    return changes;
  }

  /** Path to git's id of the content and its size. */
  listFiles(commitId: string): Map<string, { id: string; sizeBytes: number }> {
    const rows = this.#git("ls-tree", "-r", "-l", "-z", commitId).split("\0");
    return new Map(
      rows.flatMap((row): [string, { id: string; sizeBytes: number }][] => {
        const [, mode, id, size, path] = /^(\d+) blob ([0-9a-f]+)\s+(\d+)\t([^]*)$/.exec(row) ?? [];
        return mode?.startsWith("100") === true && id !== undefined && path !== undefined
          ? [[path, { id, sizeBytes: Number(size) }]]
          : [];
      }),
    );
  }

  /** Null if the clone lacks the content, as partial clones do. */
  async readContent(id: string): Promise<Buffer | null> {
    const known = this.#contents.get(id);
    if (known !== undefined) return known;
    this.#reader ??= new BlobReader(this.#directory);
    const content = await this.#reader.read(id);
    if (content === null) return null;
    this.#contents.set(id, content);
    if (this.#contents.size > 20_000) this.#contents.clear();
    return content;
  }

  close(): void {
    this.#reader?.close();
  }

  #git(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("git", args, {
      cwd: this.#directory,
      encoding: "utf8",
      maxBuffer: 512 * 1_024 * 1_024,
    });
    if (status !== 0) throw new Error(`git ${args[0] ?? ""} failed in ${this.#directory}: ${stderr}`);
    return stdout;
  }
}

/** One `git cat-file --batch`, queried for one content at a time. */
class BlobReader {
  readonly #process: ChildProcessWithoutNullStreams;
  #received = Buffer.alloc(0);
  #wake: (() => void) | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(directory: string) {
    this.#process = spawn("git", ["cat-file", "--batch"], { cwd: directory });
    this.#process.stdout.on("data", (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake?.();
    });
  }

  read(id: string): Promise<Buffer | null> {
    const next = this.#last.then(() => this.#readNext(id));
    this.#last = next.catch(() => undefined);
    return next;
  }

  close(): void {
    this.#process.stdin.end();
  }

  async #readNext(id: string): Promise<Buffer | null> {
    this.#process.stdin.write(`${id}\n`);
    for (;;) {
      const end = this.#received.indexOf("\n");
      const size =
        end === -1 ? null : Number(/ blob (\d+)$/.exec(this.#received.toString("utf8", 0, end))?.[1] ?? Number.NaN);
      if (size !== null && Number.isNaN(size)) {
        this.#received = this.#received.subarray(end + 1);
        return null;
      }
      if (size !== null && this.#received.length >= end + 1 + size + 1) {
        const content = Buffer.from(this.#received.subarray(end + 1, end + 1 + size));
        this.#received = this.#received.subarray(end + 1 + size + 1);
        return content;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
