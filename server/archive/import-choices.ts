import type { importInput } from "#lib/contracts/projects/project-import.ts";
import { leaveOutGroups, type LeaveOutGroup } from "#lib/contracts/projects/leave-out-groups.ts";
import type { z } from "zod";
import type { TopFolderChoice } from "./find-top-folder.ts";

export type ImportChoices = {
  /** Null: the default for this archive, likewise for the top folder. */
  groups: ReadonlySet<LeaveOutGroup> | null;
  topFolder: "remove" | "keep" | null;
  /** Skips what a project cannot contain, instead of refusing the archive. */
  leavesOutUnsupported: boolean;
  /** Project paths of files or directories. */
  without: readonly string[];
};

export type CompletedChoices = Omit<ImportChoices, "groups" | "topFolder"> & {
  groups: ReadonlySet<LeaveOutGroup>;
  topFolder: TopFolderChoice;
};

export const usualChoices: ImportChoices = {
  groups: null,
  topFolder: null,
  leavesOutUnsupported: false,
  without: [],
};

export function toImportChoices({ leaveOut, without, topFolder }: z.output<typeof importInput>): ImportChoices {
  const words = new Set<string>(leaveOut);
  const named = leaveOutGroups.filter((group) => words.has("default") || words.has(group));
  const isUsual = leaveOut === undefined || [...words].every((word) => word === "unsupported");
  return {
    groups: isUsual ? null : new Set(named),
    topFolder: topFolder ?? null,
    leavesOutUnsupported: words.has("unsupported"),
    without,
  };
}
