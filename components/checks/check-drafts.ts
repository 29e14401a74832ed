import type { Check, ProjectChecksOutput } from "#lib/contracts/versions/check.ts";

export type CheckDraft = Pick<Check, "name" | "command" | "source" | "isEnabled"> & { key: number };

/** The drafts that the dialog edits: the project's checks, then newly found ones, which are disabled. */
export function toDrafts({ items, found }: Pick<ProjectChecksOutput, "items" | "found">): CheckDraft[] {
  return [...items, ...found.map((check) => ({ ...check, isEnabled: false }))].map(
    ({ name, command, source, isEnabled }, key) => ({ key, name, command, source, isEnabled }),
  );
}

export function addDraft(drafts: readonly CheckDraft[]): CheckDraft[] {
  const key = Math.max(-1, ...drafts.map((draft) => draft.key)) + 1;
  return [...drafts, { key, name: "", command: "", source: "user", isEnabled: true }];
}

/** Why these cannot be saved; null if they can. */
export function findDraftProblem(drafts: readonly CheckDraft[]): string | null {
  const names = drafts.map(({ name }) => name.trim());
  if (names.includes("")) return "Give each check a name.";
  if (drafts.some(({ command }) => command.trim() === "")) return "Give each check a command.";
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? null : `Two checks are called ${twice}. Give each a different name.`;
}
