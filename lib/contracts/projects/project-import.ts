import { z } from "zod";
import { limits } from "../limits.ts";
import { generationId, projectId } from "../ids.ts";

/** Groups of entries that an import leaves out unless it is told to take them. */
export const leaveOutGroups = ["desktop", "version-control", "dependencies", "build"] as const;
export type LeaveOutGroup = (typeof leaveOutGroups)[number];

/**
 * Why an entry of an archive is not in the project: its group, or that it is a directory without files, that a project
 * cannot hold it, or that the user chose so.
 */
export const leftOutReasons = [...leaveOutGroups, "empty-directory", "unsupported", "chosen"] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

const leftOutEntry = z.object({
  /** A directory ends in a slash and includes everything in it. */
  path: z.string(),
  reason: z.enum(leftOutReasons),
  fileCount: z.number().int().min(0),
  sizeBytes: z.number().int().min(0),
  /** The rule that an unsupported entry breaks, as a sentence. */
  message: z.string().optional(),
});
export type LeftOutEntry = z.infer<typeof leftOutEntry>;

/** What an import did besides taking files as they are. It is stored with the version. */
export const importRecord = z.object({
  /** The directory that held all of the archive and was taken off; null where none was. */
  topFolder: z.string().nullable(),
  leftOut: z.array(leftOutEntry),
  renamed: z.array(z.object({ from: z.string(), to: z.string() })),
});
export type ImportRecord = z.infer<typeof importRecord>;

/** Why an archive cannot become a project as it is. `path` is empty where the archive as a whole is meant. */
export const importObstacleRules = [
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
  /** The limit that is passed, where it is one. */
  limit?: keyof typeof limits;
};

/** The query of an import and of its check. */
export const importInput = z.object({
  name: z.string().optional(),
  /**
   * `default` leaves out all groups, `none` nothing, a list of groups these. `unsupported` in the list also leaves out
   * what a project cannot hold, which otherwise refuses the archive. Without it an archive that Graft exported is taken
   * as it is, any other by default.
   */
  leaveOut: z
    .string()
    .max(200)
    .transform((text) => text.split(",").filter((word) => word !== ""))
    .pipe(z.array(z.enum(["default", "none", "unsupported", ...leaveOutGroups])))
    .optional(),
  /** Files and directories of the project to leave out, by path. */
  without: z.array(z.string().min(1).max(limits.pathBytes)).max(1_000).default([]),
  /**
   * What becomes of a directory that holds all of the archive. Without it, it is taken off where it is the folder that
   * the project was packed in.
   */
  topFolder: z.enum(["remove", "keep"]).optional(),
});
export type ImportInput = z.input<typeof importInput>;

export const importOutput = importRecord.extend({ projectId, generationId });
export type ImportOutput = z.infer<typeof importOutput>;

/** What an import would do; nothing is stored. */
export type ImportCheckOutput = ImportRecord & {
  /** The groups that are left out. */
  groups: LeaveOutGroup[];
  fileCount: number;
  sizeBytes: number;
  executableCount: number;
  linkCount: number;
  /** What is directly in the project, the largest first: directories end in a slash. */
  contents: { path: string; fileCount: number; sizeBytes: number }[];
  obstacles: ImportObstacle[];
  /** More than `obstacles` lists where there are very many. */
  obstacleCount: number;
};
