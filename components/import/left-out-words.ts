import type { LeftOutEntry, LeftOutReason } from "#lib/contracts/projects/project-import.ts";
import type { LeaveOutGroup } from "#lib/contracts/projects/leave-out-groups.ts";
import { formatCount } from "#lib/format-count.ts";

/** What each group is, and why it is usually skipped. */
export const groupWords: Readonly<Record<LeaveOutGroup, { name: string; why: string }>> = {
  desktop: { name: "Desktop files", why: "Notes of a file manager, such as .DS_Store and __MACOSX" },
  "version-control": { name: "Version control", why: "The history of git and others; a project has its own" },
  dependencies: { name: "Dependencies", why: "A package manager installs them again" },
  build: { name: "Build output", why: "A build or a test run makes it again" },
};

export const reasonWords: Readonly<Record<LeftOutReason, string>> = {
  desktop: groupWords.desktop.name,
  "version-control": groupWords["version-control"].name,
  dependencies: groupWords.dependencies.name,
  build: groupWords.build.name,
  "empty-directory": "Directory without files",
  unsupported: "Not possible in a project",
  chosen: "Your choice",
};

/** "1 file", "1,204 files", and the size if there is one. */
export function describeFiles({ fileCount, sizeBytes }: { fileCount: number; sizeBytes: number }): string {
  const files = fileCount === 1 ? "1 file" : `${formatCount(fileCount)} files`;
  return sizeBytes === 0 ? files : `${files}, ${formatSize(sizeBytes)}`;
}

export function sumUp(rows: readonly LeftOutEntry[]): { fileCount: number; sizeBytes: number } {
  return {
    fileCount: rows.reduce((sum, row) => sum + row.fileCount, 0),
    sizeBytes: rows.reduce((sum, row) => sum + row.sizeBytes, 0),
  };
}

function formatSize(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1_024)} KiB`;
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
