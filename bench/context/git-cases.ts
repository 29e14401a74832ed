import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { EarlierChange } from "#server/core/ranking/score-history.ts";

/**
 * One commit as an iteration: its parent's files, the first line of its message as the prompt, its modified files as
 * the expected result.
 */
export type ContextCase = {
  repository: string;
  commit: string;
  prompt: string;
  /** Path to blob id and size in bytes, of text files that a model may be shown. */
  files: ReadonlyMap<string, { blob: string; sizeBytes: number }>;
  /** Modified files, with the changed lines of the old side: 1-based, inclusive. */
  truth: ReadonlyMap<string, readonly { first: number; last: number }[]>;
  /** Earlier changes, newest first. */
  history: readonly EarlierChange[];
};

const maxModifiedFiles = 12;
const maxFileBytes = 1_000_000;
const maxHistory = 400;

/** Reads blobs of one repository through a single `git cat-file` process. */
export class BlobReader {
  readonly #git: ChildProcessWithoutNullStreams;
  #buffer: Buffer = Buffer.alloc(0);
  #waiting: (() => void) | null = null;

  constructor(repository: string) {
    this.#git = spawn("git", ["-C", repository, "cat-file", "--batch"]);
    this.#git.stdout.on("data", (chunk: Buffer) => {
      this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
      this.#waiting?.();
    });
  }

  /** The text of a blob; null if it is not text. */
  async read(blob: string): Promise<string | null> {
    this.#git.stdin.write(`${blob}\n`);
    const headerEnd = await this.#waitFor(() => this.#buffer.indexOf(10));
    const size = Number(this.#buffer.subarray(0, headerEnd).toString().split(" ")[2]);
    await this.#waitFor(() => (this.#buffer.length >= headerEnd + 1 + size + 1 ? 1 : -1));
    const bytes = this.#buffer.subarray(headerEnd + 1, headerEnd + 1 + size);
    const text = bytes.includes(0) ? null : bytes.toString("utf8");
    this.#buffer = this.#buffer.subarray(headerEnd + 1 + size + 1);
    return text;
  }

  close(): void {
    this.#git.kill();
  }

  async #waitFor(find: () => number): Promise<number> {
    for (;;) {
      const found = find();
      if (found !== -1) return found;
      await new Promise<void>((resolve) => (this.#waiting = resolve));
      this.#waiting = null;
    }
  }
}

/** Up to `maxCases` commits of a repository, evenly distributed over its recent history. Deterministic. */
export function listContextCases({ repository, maxCases }: { repository: string; maxCases: number }): ContextCase[] {
  const log = readLog(repository);
  const newer = log.slice(0, Math.max(200, Math.floor(log.length / 2)));
  const fitting = newer.filter(({ subject, modified }) => isUsable({ subject, modified }));
  const step = Math.max(1, Math.floor(fitting.length / maxCases));
  const cases: ContextCase[] = [];
  for (let at = 0; at < fitting.length && cases.length < maxCases; at += step) {
    const commit = fitting[at];
    if (commit === undefined) continue;
    const files = listFiles({ repository, revision: `${commit.id}^` });
    const truth = readTruth({ repository, commit: commit.id, files });
    if (truth.size === 0) continue;
    const age = log.indexOf(commit);
    const history = log
      .slice(age + 1, age + 1 + maxHistory)
      .map(({ subject, modified, added }) => ({ prompt: subject, paths: [...modified, ...added] }));
    cases.push({ repository, commit: commit.id, prompt: commit.subject, files, truth, history });
  }
  return cases;
}

type LoggedCommit = { id: string; subject: string; modified: string[]; added: string[] };

function readLog(repository: string): LoggedCommit[] {
  const text = git(repository, [
    "log",
    "--no-merges",
    "--no-renames",
    "--name-status",
    "--format=%x01%H%x00%s",
    "-n",
    "6000",
  ]);
  return text
    .split("\u0001")
    .slice(1)
    .map((record) => {
      const [head = "", ...lines] = record.split("\n");
      const [id = "", subject = ""] = head.split("\0");
      const paths = (status: string) =>
        lines.filter((line) => line.startsWith(`${status}\t`)).map((line) => line.slice(2));
      return { id, subject: subject.replace(/\s*\(#\d+\)$/, ""), modified: paths("M"), added: paths("A") };
    });
}

/** A meaningful subject of a change that a developer would request in one prompt. */
function isUsable({ subject, modified }: { subject: string; modified: string[] }): boolean {
  return (
    modified.length >= 1 &&
    modified.length <= maxModifiedFiles &&
    subject.split(/\s+/).length >= 3 &&
    !/^(?:merge|revert|release|bump|v?\d+\.\d+|update dependenc|chore\(deps|build\(deps|version|⬆|🌐|📝 update release)/i.test(
      subject,
    )
  );
}

function listFiles({ repository, revision }: { repository: string; revision: string }): ContextCase["files"] {
  const files = new Map<string, { blob: string; sizeBytes: number }>();
  for (const line of git(repository, ["ls-tree", "-r", "-l", "-z", revision]).split("\0")) {
    const match = /^100\d{3} blob (\w+)\s+(\d+)\t(.*)$/s.exec(line);
    if (match === null) continue;
    const [, blob = "", size = "0", path = ""] = match;
    if (Number(size) > 0 && Number(size) <= maxFileBytes && !isMedia(path))
      files.set(path, { blob, sizeBytes: Number(size) });
  }
  return files;
}

function isMedia(path: string): boolean {
  return /\.(?:png|jpe?g|gif|webp|ico|woff2?|ttf|otf|eot|pdf|zip|gz|mp[34]|mov|jar|mo|bin|exe|so|dylib|avif|psd)$/i.test(
    path,
  );
}

function readTruth({
  repository,
  commit,
  files,
}: {
  repository: string;
  commit: string;
  files: ContextCase["files"];
}): ContextCase["truth"] {
  const truth = new Map<string, { first: number; last: number }[]>();
  let current: { first: number; last: number }[] | null = null;
  const patch = git(repository, [
    "-c",
    "core.quotepath=off",
    "diff",
    "--no-renames",
    "-U0",
    "--diff-filter=M",
    `${commit}^`,
    commit,
  ]);
  for (const line of patch.split("\n")) {
    if (line.startsWith("--- a/")) {
      const path = line.slice(6);
      current = files.has(path) && !isGenerated(path) ? [] : null;
      if (current !== null) truth.set(path, current);
    }
    const hunk = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (hunk === null || current === null) continue;
    const first = Number(hunk[1]);
    const count = hunk[2] === undefined ? 1 : Number(hunk[2]);
    current.push({ first: Math.max(1, first), last: Math.max(1, first + Math.max(1, count) - 1) });
  }
  return truth;
}

function isGenerated(path: string): boolean {
  return /lock(?:\.json|\.yaml|b)?$|go\.sum$|\.snap$|\.min\./.test(path);
}

function git(repository: string, args: string[]): string {
  return execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 1_000_000_000 });
}
