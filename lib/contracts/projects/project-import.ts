import { z } from "zod";
import { limits } from "../limits.ts";
import { generationId, projectId } from "../ids.ts";
import { leaveOutGroups, type LeaveOutGroup } from "./leave-out-groups.ts";

/**
 * Why an entry of an archive is not in the project: it belongs to a skipped group, is a directory without files, cannot
 * be held by a project, or was skipped by the user.
 */
const leftOutReasons = [...leaveOutGroups, "empty-directory", "unsupported", "chosen"] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

const leftOutEntry = z.object({
  /** A directory ends in a slash and represents everything in it. */
  path: z.string(),
  reason: z.enum(leftOutReasons),
  fileCount: z.number().int().min(0),
  sizeBytes: z.number().int().min(0),
  /** The rule that an unsupported entry breaks, as a sentence. */
  message: z.string().optional(),
});
export type LeftOutEntry = z.infer<typeof leftOutEntry>;

/** What an import changed or skipped. Stored with the version. */
const importRecord = z.object({
  /** The single top-level directory of the archive that was stripped; null if there was none. */
  topFolder: z.string().nullable(),
  leftOut: z.array(leftOutEntry),
  renamed: z.array(z.object({ from: z.string(), to: z.string() })),
});
export type ImportRecord = z.infer<typeof importRecord>;

/** Why an archive cannot be imported as it is. `path` is empty if the problem concerns the whole archive. */
const importObstacleRules = [
  "path",
  "duplicate",
  "collision",
  "encrypted",
  "compression",
  "file-type",
  "link-target",
  "file-size",
  "project-files",
  "project-bytes",
  "no-files",
] as const;
export type ImportObstacle = {
  path: string;
  rule: (typeof importObstacleRules)[number];
  message: string;
  /** The limit that was exceeded, if any. */
  limit?: keyof typeof limits;
};

/** The query string of an import and of its dry run. */
export const importInput = z.object({
  name: z.string().optional(),
  /**
   * `default` skips all groups, `none` skips nothing, and a list skips the groups in it. `unsupported` in the list also
   * skips entries that a project cannot hold, which otherwise cause the archive to be refused. Without this field an
   * archive exported by Graft is taken as it is, and any other one by `default`.
   */
  leaveOut: z
    .string()
    .max(200)
    .transform((text) => text.split(",").filter((word) => word !== ""))
    .pipe(z.array(z.enum(["default", "none", "unsupported", ...leaveOutGroups])))
    .optional(),
  /** Paths of files and directories to skip. */
  without: z.array(z.string().min(1).max(limits.pathBytes)).max(1_000).default([]),
  /**
   * What to do with a single top-level directory. By default it is stripped if it is the folder in which the project
   * was packed.
   */
  topFolder: z.enum(["remove", "keep"]).optional(),
});

const importOutput = importRecord.extend({ projectId, generationId });
export type ImportOutput = z.infer<typeof importOutput>;

/** Result of a dry run of an import; nothing is stored. */
export type ImportCheckOutput = ImportRecord & {
  /** The groups that are skipped. */
  groups: LeaveOutGroup[];
  fileCount: number;
  sizeBytes: number;
  executableCount: number;
  linkCount: number;
  /** The top-level entries of the project, largest first; directories end in a slash. */
  contents: { path: string; fileCount: number; sizeBytes: number }[];
  obstacles: ImportObstacle[];
  /** May exceed the length of `obstacles`, which is capped. */
  obstacleCount: number;
};
