import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { ImportObstacle, LeftOutEntry, LeftOutReason } from "#lib/contracts/projects/project-import.ts";
import type { LeaveOutGroup } from "#lib/contracts/projects/leave-out-groups.ts";
import { AppError } from "#lib/errors.ts";
import { parseFilePath } from "#server/core/file-path.ts";
import type { CompletedChoices } from "./import-choices.ts";
import { findTopFolder } from "./find-top-folder.ts";
import { createLeaveOutMatcher } from "./leave-out-rules.ts";
import { methodDeflated, methodStored } from "./read-zip-entry.ts";
import { anyEncryption, zipFlags } from "./zip-flags.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import type { ZipEntry } from "./read-zip-directory.ts";

export type PlannedFile = { path: FilePath; mode: FileMode; entry: ZipEntry };

/** Decides about each entry by its name alone. Contents are read later and may add obstacles. */
type ImportPlan = {
  topFolder: string | null;
  files: PlannedFile[];
  leftOut: LeftOutEntry[];
  renamed: { from: string; to: string }[];
  obstacles: ImportObstacle[];
};

type NamedEntry = { path: string; entry: ZipEntry };

const unixTypeMask = 0o170000;
const unixRegular = 0o100000;
const unixLink = 0o120000;
const unixOwnerExecutes = 0o100;

/** @throws AppError INVALID_INPUT if a path of `without` is not in the archive */
export async function planImport({
  entries,
  comment,
  projectName,
  choices,
}: {
  entries: readonly ZipEntry[];
  /** The archive's. */
  comment: string;
  /** As the user named it, often the name of the packed folder. */
  projectName: string | null;
  choices: CompletedChoices;
}): Promise<ImportPlan> {
  const endSlice = startTimeSlices();
  const named = entries.map((entry): NamedEntry => ({ path: normalizeName(entry), entry }));
  const { kept, leftOut: ruled } = await splitByRules({ named, groups: choices.groups });
  const topFolder = findTopFolder({
    paths: kept.map(({ path }) => path),
    comment,
    projectName,
    choice: choices.topFolder,
    hasDesktopEntries: named.some(({ path }) => path.startsWith("__MACOSX/")),
  });
  const prefix = topFolder ?? "";
  const strip = (path: string) => (prefix !== "" && path.startsWith(prefix) ? path.slice(prefix.length) : path);
  const inProject = kept.map(({ path, entry }) => ({ path: strip(path), entry }));
  const files = inProject.filter(({ entry }) => entry.kind === "file");
  const chosen = splitByChoice({ files, without: choices.without });
  const checked: CheckedEntry[] = [];
  for (const entry of chosen.kept) {
    checked.push(checkEntry(entry));
    await endSlice();
  }
  const empty = listEmptyDirectories(inProject);
  return {
    topFolder: topFolder === null ? null : topFolder.slice(0, -1),
    files: checked.flatMap((result) => (result.status === "valid" ? [result.file] : [])),
    leftOut: [
      ...sumUp(ruled.map((row) => ({ ...row, path: strip(row.path) }))),
      ...sumUp(chosen.leftOut),
      ...sumUp(empty.flatMap(({ path, reason }) => (reason === null ? [toEmptyRow(path)] : []))),
    ],
    renamed: named
      .filter(({ path, entry }) => entry.kind === "file" && path !== entry.name)
      .map(({ path, entry }) => ({ from: entry.name, to: strip(path) })),
    obstacles: [
      ...checked.flatMap((result) => (result.status === "invalid" ? [result.obstacle] : [])),
      ...empty.flatMap(({ path, reason }) =>
        reason === null ? [] : [{ path, rule: "path" as const, message: reason }],
      ),
    ],
  };
}

/** In NFC, like a project's paths, and with slashes if a DOS archiver wrote its own separator. */
function normalizeName({ name, isFromDos }: ZipEntry): string {
  return (isFromDos && !name.includes("/") ? name.replaceAll("\\", "/") : name).normalize("NFC");
}

type LeftOutFile = { path: string; reason: LeftOutReason; sizeBytes: number };

async function splitByRules({
  named,
  groups,
}: {
  named: readonly NamedEntry[];
  groups: ReadonlySet<LeaveOutGroup>;
}): Promise<{
  kept: NamedEntry[];
  leftOut: LeftOutFile[];
}> {
  const endSlice = startTimeSlices();
  const filePaths = new Set(named.flatMap(({ path, entry }) => (entry.kind === "file" ? [path] : [])));
  const match = createLeaveOutMatcher({ groups, hasFile: (path) => filePaths.has(path) });
  const kept: NamedEntry[] = [];
  const leftOut: LeftOutFile[] = [];
  for (const item of named) {
    await endSlice();
    // A directory is checked by a file in it: "a/" and "a/x" are in the same directories.
    const found = match(item.path);
    if (found === null) kept.push(item);
    else if (item.entry.kind === "file")
      leftOut.push({ path: found.path, reason: found.group, sizeBytes: item.entry.sizeBytes });
  }
  return { kept, leftOut };
}

function splitByChoice({ files, without }: { files: readonly NamedEntry[]; without: readonly string[] }): {
  kept: NamedEntry[];
  leftOut: LeftOutFile[];
} {
  const unused = new Set(without);
  const chosen = new Set(without.map((path) => path.replace(/\/$/, "")));
  const kept: NamedEntry[] = [];
  const leftOut: LeftOutFile[] = [];
  for (const file of files) {
    const path = chosen.has(file.path) ? file.path : findDirectoryIn({ path: file.path, directories: chosen });
    if (path === null) kept.push(file);
    else {
      unused.delete(path);
      unused.delete(`${path}/`);
      const shown = path === file.path ? path : `${path}/`;
      leftOut.push({ path: shown, reason: "chosen", sizeBytes: file.entry.sizeBytes });
    }
  }
  for (const path of unused)
    throw new AppError({
      code: "INVALID_INPUT",
      message: `The archive has no ${path} that could be left out. Nothing was imported. Check the archive again and choose from its list.`,
      details: { path },
    });
  return { kept, leftOut };
}

function findDirectoryIn({ path, directories }: { path: string; directories: ReadonlySet<string> }): string | null {
  if (directories.size === 0) return null;
  for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1))
    if (directories.has(path.slice(0, end))) return path.slice(0, end);
  return null;
}

/** One row per path and reason, with the number of files it covers. */
function sumUp(files: readonly LeftOutFile[]): LeftOutEntry[] {
  const rows = new Map<string, LeftOutEntry>();
  for (const { path, reason, sizeBytes } of files) {
    const row = rows.get(path) ?? { path, reason, fileCount: 0, sizeBytes: 0 };
    const fileCount = row.fileCount + (reason === "empty-directory" ? 0 : 1);
    rows.set(path, { ...row, fileCount, sizeBytes: row.sizeBytes + sizeBytes });
  }
  return [...rows.values()];
}

/**
 * Projects contain files, as in git: an empty directory is skipped and reported.
 *
 * @returns each with the reason why its path cannot be in a project, null if it can
 */
function listEmptyDirectories(inProject: readonly NamedEntry[]): { path: string; reason: string | null }[] {
  const full = new Set<string>();
  for (const { path, entry } of inProject) {
    const ownSlash = entry.kind === "directory" ? 1 : 0;
    for (let end = path.lastIndexOf("/", path.length - 1 - ownSlash); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const directory = path.slice(0, end + 1);
      if (full.has(directory)) break;
      full.add(directory);
    }
  }
  return inProject
    .filter(({ path, entry }) => entry.kind === "directory" && path !== "" && !full.has(path))
    .map(({ path }) => {
      const parsed = parseFilePath(path.slice(0, -1));
      return { path, reason: parsed.status === "invalid" ? parsed.reason : null };
    });
}

function toEmptyRow(path: string): LeftOutFile {
  return { path, reason: "empty-directory", sizeBytes: 0 };
}

type CheckedEntry = { status: "valid"; file: PlannedFile } | { status: "invalid"; obstacle: ImportObstacle };

function checkEntry({ path, entry }: NamedEntry): CheckedEntry {
  const refuse = (rule: ImportObstacle["rule"], message: string): CheckedEntry => ({
    status: "invalid",
    obstacle: { path, rule, message },
  });
  const parsed = parseFilePath(path);
  if (parsed.status === "invalid") return refuse("path", parsed.reason);
  if ((entry.flags & anyEncryption) !== 0) return refuse("encrypted", "The file is encrypted.");
  if ((entry.flags & zipFlags.patched) !== 0 || (entry.method !== methodStored && entry.method !== methodDeflated))
    return refuse("compression", `The file is compressed in a way (method ${entry.method}) that is not read.`);
  const mode = readMode(entry.unixMode);
  if (mode === null) return refuse("file-type", "It is a device or another special file.");
  if (entry.sizeBytes > limits.binaryFileBytes)
    return {
      status: "invalid",
      obstacle: { path, ...describeFileSize({ sizeBytes: entry.sizeBytes, isText: false }) },
    };
  return { status: "valid", file: { path: parsed.path, mode, entry } };
}

/** Null for what is neither a file nor a link. Without mode bits an entry is a regular file. */
function readMode(unixMode: number): FileMode | null {
  const type = unixMode & unixTypeMask;
  if (type === unixLink) return "120000";
  if (type !== 0 && type !== unixRegular) return null;
  return (unixMode & unixOwnerExecutes) === 0 ? "100644" : "100755";
}

/** The obstacle of a file that is too large. */
export function describeFileSize({
  sizeBytes,
  isText,
}: {
  sizeBytes: number;
  isText: boolean;
}): Omit<ImportObstacle, "path"> {
  const limit = isText ? "textFileBytes" : "binaryFileBytes";
  return {
    rule: "file-size",
    message: `The ${isText ? "text file" : "file"} has ${formatMiB(sizeBytes)}; the limit is ${formatMiB(limits[limit])}.`,
    limit,
  };
}

export function formatMiB(bytes: number): string {
  return `${(bytes / 1_048_576).toLocaleString("en", { maximumFractionDigits: 1 })} MiB`;
}
