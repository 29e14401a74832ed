/**
 * Errors in author and committer lines that git's own check reports. Public histories contain them (a six-digit time
 * zone in the history of requests), and a commit's bytes are kept unchanged, so they are allowed.
 */
const toleratedFaults = [
  "badDate",
  "badDateOverflow",
  "badEmail",
  "badName",
  "badTimezone",
  "missingEmail",
  "missingNameBeforeEmail",
  "missingSpaceBeforeDate",
  "missingSpaceBeforeEmail",
  "zeroPaddedDate",
] as const;

/** The check of every object, for `git index-pack`. */
export const strictCheck = `--strict=${toleratedFaults.map((name) => `${name}=ignore`).join(",")}`;

/** The same check, for `git fetch`. */
export const strictFetch: readonly string[] = [
  "fetch.fsckObjects=true",
  ...toleratedFaults.map((name) => `fetch.fsck.${name}=ignore`),
];

/** The problem that git found in an object, in its words; null if it failed for another reason. */
export function readObjectFault(stderr: string): string | null {
  const [, id = "", reason = ""] = /object ([0-9a-f]{7,40}): \w+: ([^\r\n]+)/.exec(stderr) ?? [];
  return reason === "" ? null : `the object ${id.slice(0, 12)} ${reason.trim()}`;
}
