import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { joinLines, unreadable, type ReadPart } from "../answer-text.ts";
import { isSameFile } from "../paths/choose-block-path.ts";
import { readHunks } from "./hunks.ts";
import type { ProjectPaths } from "../paths/project-paths.ts";
import type { PathSource, TextProposal } from "../text-proposal.ts";

const gitHeader = /^diff --git (?:"?a\/)?(.+?)"? "?b\/(.+?)"?\s*$/;
const oldHeader = /^--- (?:"?)([^\t"]+)/;
const newHeader = /^\+\+\+ (?:"?)([^\t"]+)/;

/** Whether a unified diff with headers begins on this line. */
export function isDiffStart({ lines, index }: { lines: readonly string[]; index: number }): boolean {
  const line = lines[index] ?? "";
  if (gitHeader.test(line)) return true;
  return oldHeader.test(line) && newHeader.test(lines[index + 1] ?? "") && lines[index + 2]?.startsWith("@@") === true;
}

/** Whether a text is clearly a diff, with or without file headers. */
export function looksLikeDiff(body: readonly string[]): boolean {
  const first = body.findIndex((line) => line.trim() !== "");
  return (
    first !== -1 &&
    (isDiffStart({ lines: body, index: first }) ||
      /^@@+ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/.test(body[first] ?? "") ||
      (/^Index: \S/.test(body[first] ?? "") && body.some((line) => line.startsWith("@@"))))
  );
}

/** Lines from `index` that belong to an unfenced diff. */
export function findDiffEnd({ lines, index }: { lines: readonly string[]; index: number }): number {
  let end = index;
  for (let cursor = index; cursor < lines.length; cursor += 1) {
    const line = lines[cursor] ?? "";
    if (line === "") continue;
    if (
      !/^(?:[-+ @\\]|diff --git |index [0-9a-f]|(?:new|deleted|old) (?:file )?mode |(?:rename|copy) |similarity |Index: |={20,})/.test(
        line,
      )
    )
      break;
    end = cursor + 1;
  }
  return end;
}

type FileDiff = { index: number; oldPath: string | null; newPath: string | null; extras: string[]; hunks: string[] };

/**
 * Reads a unified diff of one or several files, from line `index` to before `limit`. `path` is the file of hunks
 * without headers.
 */
export function readUnifiedDiff({
  lines,
  index,
  limit,
  path,
  source,
  project,
}: {
  lines: readonly string[];
  index: number;
  limit: number;
  path: string | null;
  source: PathSource;
  project: ProjectPaths;
}): ReadPart {
  const files = splitFiles({ lines, index, limit });
  const proposals = files.flatMap((file): TextProposal[] => {
    const refuse = ({ named, reason }: { named: string | null; reason: string }): TextProposal[] => [
      unreadable({
        lines,
        index: file.index,
        kind: "form",
        path: named,
        reason,
        advice: "Send the change as search/replace blocks, or the whole file.",
      }),
    ];
    const header = file.newPath === "/dev/null" ? file.oldPath : (file.newPath ?? file.oldPath);
    const fromHeader = header === null ? null : stripSide({ path: header, project });
    if (fromHeader === null && path === null)
      return refuse({ named: null, reason: "A diff names no file, so it is not known where it belongs." });
    if (fromHeader !== null && path !== null && !isSameFile(fromHeader, path))
      return refuse({ named: null, reason: `The text names ${path}, and the diff names ${fromHeader}.` });
    const named = fromHeader ?? path ?? "";
    const operations = toOperations({ file, path: named, project });
    return typeof operations === "string"
      ? refuse({ named, reason: operations })
      : operations.map((operation) => ({
          status: "readable",
          operation,
          pathSource: fromHeader === null ? source : "header",
          line: file.index + 1,
        }));
  });
  return { proposals, next: limit };
}

function splitFiles({ lines, index, limit }: { lines: readonly string[]; index: number; limit: number }): FileDiff[] {
  const files: FileDiff[] = [];
  let file: FileDiff | null = null;
  const open = (at: number): FileDiff => {
    const opened: FileDiff = { index: at, oldPath: null, newPath: null, extras: [], hunks: [] };
    files.push(opened);
    return opened;
  };
  for (let cursor = index; cursor < limit; cursor += 1) {
    const line = lines[cursor] ?? "";
    const git = gitHeader.exec(line);
    const isPair = oldHeader.test(line) && newHeader.test(lines[cursor + 1] ?? "");
    if (git !== null) {
      file = open(cursor);
      file.oldPath = `a/${git[1] ?? ""}`;
      file.newPath = `b/${git[2] ?? ""}`;
    } else if (isPair) {
      if (file === null || file.hunks.length > 0) file = open(cursor);
      file.oldPath = (oldHeader.exec(line)?.[1] ?? "").trim();
      file.newPath = (newHeader.exec(lines[cursor + 1] ?? "")?.[1] ?? "").trim();
      cursor += 1;
    } else if (file !== null && file.hunks.length === 0 && !/^[-+ @]/.test(line)) file.extras.push(line);
    else if (file === null && (line.trim() === "" || /^(?:Index: |={20,})/.test(line))) continue;
    else {
      file ??= open(cursor);
      file.hunks.push(line);
    }
  }
  return files;
}

function toOperations({
  file: { oldPath, newPath, extras, hunks },
  path,
  project,
}: {
  file: FileDiff;
  path: string;
  project: ProjectPaths;
}): ChangeOperation[] | string {
  const edits = readHunks(hunks);
  if (typeof edits === "string") return `${path}: ${edits}`;
  if (newPath === "/dev/null" || extras.some((line) => line.startsWith("deleted file mode")))
    return [{ type: "delete", path }];
  if (extras.some((line) => /^(?:GIT binary|Binary files)/.test(line)))
    return `${path}: a binary file cannot be sent as a diff.`;
  if (oldPath === "/dev/null" || extras.some((line) => line.startsWith("new file mode"))) {
    if (hunks.some((line) => line.startsWith("-"))) return `${path}: the diff of a new file removes lines.`;
    const added = hunks.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
    const text = joinLines(added);
    const isOpenEnded = hunks.findLast((line) => line.trim() !== "")?.startsWith("\\ No newline") === true;
    return [{ type: "write", path, content: isOpenEnded ? text.slice(0, -1) : text }];
  }
  const renamedFrom = extras
    .find((line) => line.startsWith("rename from "))
    ?.slice("rename from ".length)
    .trim();
  const from = renamedFrom ?? (oldPath === null ? path : stripSide({ path: oldPath, project }));
  const operations: ChangeOperation[] = edits.length === 0 ? [] : [{ type: "edit", path: from, edits }];
  if (from !== path && (renamedFrom !== undefined || project.has(from)))
    operations.push({ type: "move", source: from, destination: path });
  return operations.length === 0 ? `The diff of ${path} holds no change that can be read.` : operations;
}

/** The path without git's `a/` or `b/` prefix, unless the project has such a directory. */
function stripSide({ path, project }: { path: string; project: ProjectPaths }): string {
  const bare = path.replace(/^[ab]\//, "");
  return project.has(path) && !project.has(bare) ? path : bare.replace(/^(?:\.\/)+/, "");
}
