import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { ImportObstacle, ImportRecord } from "#lib/contracts/projects/project-import.ts";
import { leaveOutGroups, type LeaveOutGroup } from "#lib/contracts/projects/leave-out-groups.ts";
import { countLinesInBytes, describeContent, encodeText } from "#server/core/file-content.ts";
import { listPathCollisions } from "#server/core/file-path.ts";
import { comparePaths, mayHaveText, type FileEntry } from "#server/core/file-tree.ts";
import { parseLinkTarget } from "#server/core/link-target.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { ByteSource } from "./byte-source.ts";
import { commitId, exportComment } from "./archive-comments.ts";
import type { ImportChoices, CompletedChoices } from "./import-choices.ts";
import { invalidArchive } from "./invalid-archive.ts";
import { describeFileSize, formatMiB, planImport, type PlannedFile } from "./plan-import.ts";
import { readZipDirectory } from "./read-zip-directory.ts";
import { readZipEntry } from "./read-zip-entry.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";

export type InspectedFile = PlannedFile & { fileEntry: FileEntry; lineCount: number };

/** What an import of an archive would store, and the obstacles. `files` are sorted by path. */
type Inspection = {
  record: ImportRecord;
  files: InspectedFile[];
  obstacles: ImportObstacle[];
  /** The skipped ones. */
  groups: LeaveOutGroup[];
};

/** Smaller archives never count as bombs: a small project may be one long run of the same byte. */
const bombFloorBytes = 32 * 1_048_576;

/**
 * Reads a whole archive entry by entry without keeping contents: memory grows with the number of entries, not with
 * their size. All data of the archive is validated before use.
 *
 * @throws AppError INVALID_ARCHIVE if it is damaged, INPUT_TOO_LARGE, INVALID_INPUT for a choice that it does not have;
 *   and the reason of an aborted `signal`
 */
export async function inspectArchive({
  source,
  projectName,
  choices,
  signal,
}: {
  source: ByteSource;
  /** As given by the user. */
  projectName: string | null;
  choices: ImportChoices;
  signal?: AbortSignal | undefined;
}): Promise<Inspection> {
  const { entries, comment } = await readZipDirectory(source);
  const completed = completeChoices({ choices, comment });
  const plan = await planImport({ entries, comment, projectName, choices: completed });
  const totals = findTotalObstacles(plan.files);
  const found: Found = { files: [], obstacles: plan.obstacles };
  // An archive that is too large as a whole is not read: its files' own obstacles would not change the result.
  if (totals.length === 0) await inspectContents({ source, files: plan.files, found, signal });
  removeClashes(found);
  const record = { topFolder: plan.topFolder, leftOut: plan.leftOut, renamed: plan.renamed };
  const groups = [...completed.groups];
  if (choices.leavesOutUnsupported) {
    const leftOut = [...record.leftOut, ...found.obstacles.map(toLeftOut)];
    const obstacles = [...totals, ...findEmptiness(found.files)];
    return { record: { ...record, leftOut }, groups, files: found.files, obstacles };
  }
  const obstacles = [...totals, ...found.obstacles];
  return {
    record,
    groups,
    files: found.files,
    obstacles: obstacles.length === 0 ? findEmptiness(found.files) : obstacles,
  };
}

/**
 * Archives made by Graft or git from a version contain nothing unintended, so nothing is skipped. Graft's own export
 * has the project's paths.
 */
function completeChoices({ choices, comment }: { choices: ImportChoices; comment: string }): CompletedChoices {
  const isExport = comment === exportComment;
  const isOfVersion = isExport || commitId.test(comment);
  return {
    ...choices,
    groups: choices.groups ?? new Set(isOfVersion ? [] : leaveOutGroups),
    topFolder: choices.topFolder ?? (isExport ? "keep" : "evident"),
  };
}

type Found = { files: InspectedFile[]; obstacles: ImportObstacle[] };

function findTotalObstacles(files: readonly PlannedFile[]): ImportObstacle[] {
  const sizeBytes = files.reduce((sum, { entry }) => sum + entry.sizeBytes, 0);
  const advice = "Leave out directories that the project does not need.";
  return [
    ...(files.length > limits.projectFiles
      ? [
          {
            path: "",
            rule: "project-files" as const,
            message: `The archive has ${files.length.toLocaleString("en")} files; a project has at most ${limits.projectFiles.toLocaleString("en")}. ${advice}`,
            limit: "projectFiles" as const,
          },
        ]
      : []),
    ...(sizeBytes > limits.projectBytes
      ? [
          {
            path: "",
            rule: "project-bytes" as const,
            message: `The archive's files have ${formatMiB(sizeBytes)}; a project has at most ${formatMiB(limits.projectBytes)}. ${advice}`,
            limit: "projectBytes" as const,
          },
        ]
      : []),
  ];
}

async function inspectContents({
  source,
  files,
  found,
  signal,
}: {
  source: ByteSource;
  files: readonly PlannedFile[];
  found: Found;
  signal: AbortSignal | undefined;
}): Promise<void> {
  assertNoBomb({ source, files });
  const endSlice = startTimeSlices();
  for (const file of files.toSorted((a, b) => a.entry.headerOffset - b.entry.headerOffset)) {
    signal?.throwIfAborted();
    const content = await readZipEntry({ source, entry: file.entry });
    const fileEntry: FileEntry = { ...describeContent(content), mode: file.mode };
    const obstacle = findContentObstacle({ file, fileEntry, content });
    if (obstacle === null) found.files.push({ ...file, fileEntry, lineCount: countTextLines({ fileEntry, content }) });
    else found.obstacles.push({ path: file.path, ...obstacle });
    await endSlice();
  }
  found.files.sort((a, b) => comparePaths(a.path, b.path));
}

/** The number of lines of a text in any encoding; 0 for binary content. */
function countTextLines({ fileEntry, content }: { fileEntry: FileEntry; content: Uint8Array }): number {
  if (!fileEntry.isBinary) return countLinesInBytes(content);
  const read = mayHaveText(fileEntry) ? readEncodedText(content) : null;
  return read === null ? 0 : countLinesInBytes(encodeText(read.text));
}

function assertNoBomb({ source, files }: { source: ByteSource; files: readonly PlannedFile[] }): void {
  const sizeBytes = files.reduce((sum, { entry }) => sum + entry.sizeBytes, 0);
  if (sizeBytes > Math.max(bombFloorBytes, source.sizeBytes * limits.archiveRatio))
    throw invalidArchive(`The archive inflates to more than ${limits.archiveRatio} times its size.`);
}

function findContentObstacle({
  file,
  fileEntry,
  content,
}: {
  file: PlannedFile;
  fileEntry: FileEntry;
  content: Uint8Array;
}): Omit<ImportObstacle, "path"> | null {
  if (file.mode === "120000") {
    const target = parseLinkTarget({ path: file.path, content });
    return target.status === "invalid" ? { rule: "link-target", message: target.reason } : null;
  }
  if (!fileEntry.isBinary && content.length > limits.textFileBytes)
    return describeFileSize({ sizeBytes: content.length, isText: true });
  return null;
}

/** Turns files that collide into obstacles. Of two equal paths neither is taken. */
function removeClashes(found: Found): void {
  const copies = Map.groupBy(found.files, ({ path }) => path);
  const removed = new Set<FilePath>();
  for (const [path, { length }] of copies) {
    if (length === 1) continue;
    removed.add(path);
    found.obstacles.push({ path, rule: "duplicate", message: `The archive holds this path ${length} times.` });
  }
  const single = [...copies.keys()].filter((path) => !removed.has(path));
  for (const [kept, path] of listPathCollisions(single)) {
    removed.add(path);
    const message = `On many file systems it is the same place as ${kept}, or needs a directory where that is a file.`;
    found.obstacles.push({ path, rule: "collision", message });
  }
  if (removed.size > 0) found.files = found.files.filter(({ path }) => !removed.has(path));
}

function findEmptiness(files: readonly InspectedFile[]): ImportObstacle[] {
  if (files.length > 0) return [];
  return [{ path: "", rule: "no-files", message: "The archive holds no files that a project would have." }];
}

function toLeftOut({ path, message }: ImportObstacle): ImportRecord["leftOut"][number] {
  const isDirectory = path.endsWith("/");
  return { path, reason: "unsupported", fileCount: isDirectory ? 0 : 1, sizeBytes: 0, message };
}
