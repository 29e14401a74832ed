import { spawnSync } from "node:child_process";
import { decodeText } from "#server/core/file-content.ts";
import { compareLines } from "#server/core/diff/compare-lines.ts";

/** One changed position of one file in a commit. Lines have no endings; `first` is 0-based in `before`. */
export type CommittedHunk = { first: number; oldLines: string[]; newLines: string[] };

/** One file that a commit changed, with its hunks in order. Lines end with `\n`. */
export type CommittedFile = { path: string; before: string; after: string; hunks: CommittedHunk[] };

const maxFileBytes = 200_000;
const skippedPaths = /(^|\/)(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|go\.sum|.*\.(?:min\.js|snap|svg|map))$/;

/**
 * The text files that the newest commits of a repository modified. Each hunk has `contextLines` lines of context on
 * both sides, and more if its old text would occur twice in the file; indistinguishable hunks are skipped.
 */
export function listCommittedFiles({
  directory,
  commits,
  contextLines,
}: {
  directory: string;
  commits: number;
  contextLines: number;
}): CommittedFile[] {
  const log = runGit({
    directory,
    args: ["log", "--no-merges", `--max-count=${commits}`, "--diff-filter=M", "--raw", "--no-abbrev", "--format="],
  });
  const changes = log
    .toString("utf8")
    .split("\n")
    .flatMap((line) => {
      const [, before, after, path] = /^:\d+ 100\d+ (\w+) (\w+) M\t(.+)$/.exec(line) ?? [];
      return before === undefined || after === undefined || path === undefined || skippedPaths.test(path)
        ? []
        : [{ before, after, path }];
    });
  const contents = readObjects({ directory, ids: changes.flatMap(({ before, after }) => [before, after]) });
  return changes.flatMap(({ before, after, path }) => {
    const [oldText, newText] = [contents.get(before), contents.get(after)];
    if (oldText === undefined || newText === undefined || oldText.includes("\r") || newText.includes("\r")) return [];
    const hunks = listHunks({ before: oldText, after: newText, contextLines });
    return hunks.length === 0 ? [] : [{ path, before: oldText, after: newText, hunks }];
  });
}

function runGit({ directory, args, input }: { directory: string; args: string[]; input?: string }): Buffer {
  const { stdout, status, stderr } = spawnSync("git", ["-C", directory, ...args], {
    maxBuffer: 2_000_000_000,
    ...(input === undefined ? {} : { input }),
  });
  if (status !== 0) throw new Error(`git ${args[0] ?? ""} failed: ${stderr.toString("utf8")}`);
  return stdout;
}

function readObjects({ directory, ids }: { directory: string; ids: string[] }): Map<string, string> {
  const wanted = [...new Set(ids)];
  const output = runGit({ directory, args: ["cat-file", "--batch"], input: `${wanted.join("\n")}\n` });
  const texts = new Map<string, string>();
  let position = 0;
  for (const id of wanted) {
    const headerEnd = output.indexOf(10, position);
    const size = Number(output.toString("latin1", position, headerEnd).split(" ")[2]);
    const bytes = output.subarray(headerEnd + 1, headerEnd + 1 + size);
    position = headerEnd + size + 2;
    const text = size > maxFileBytes ? null : decodeText(bytes);
    if (text !== null) texts.set(id, text);
  }
  return texts;
}

function listHunks({
  before,
  after,
  contextLines,
}: {
  before: string;
  after: string;
  contextLines: number;
}): CommittedHunk[] {
  const oldLines = splitLines(before);
  const newLines = splitLines(after);
  const { removed, added } = compareLines({ before: oldLines, after: newLines });
  const changes: { oldStart: number; oldEnd: number; newStart: number; newEnd: number }[] = [];
  for (let oldLine = 0, newLine = 0; oldLine < oldLines.length || newLine < newLines.length;) {
    if (removed[oldLine] !== 1 && added[newLine] !== 1) {
      oldLine += 1;
      newLine += 1;
      continue;
    }
    const change = { oldStart: oldLine, oldEnd: oldLine, newStart: newLine, newEnd: newLine };
    while (removed[change.oldEnd] === 1) change.oldEnd += 1;
    while (added[change.newEnd] === 1) change.newEnd += 1;
    oldLine = change.oldEnd;
    newLine = change.newEnd;
    const last = changes.at(-1);
    if (last !== undefined && change.oldStart - last.oldEnd <= 2 * contextLines) {
      last.oldEnd = change.oldEnd;
      last.newEnd = change.newEnd;
    } else changes.push(change);
  }
  return changes.flatMap((change, index) => {
    const limitBefore = changes[index - 1]?.oldEnd ?? 0;
    const limitAfter = changes[index + 1]?.oldStart ?? oldLines.length;
    for (let context = contextLines; context <= contextLines + 12; context += 1) {
      const above = Math.min(context, change.oldStart - limitBefore);
      const below = Math.min(context, limitAfter - change.oldEnd);
      const first = change.oldStart - above;
      const block = oldLines.slice(first, change.oldEnd + below);
      const text = block.join("\n");
      if (text.trim() === "" || before.indexOf(text) !== before.lastIndexOf(text)) continue;
      return [{ first, oldLines: block, newLines: newLines.slice(change.newStart - above, change.newEnd + below) }];
    }
    return [];
  });
}

function splitLines(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}
