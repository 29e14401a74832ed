/**
 * Faults of author and committer lines that git's own check calls errors. Public histories have them (a time zone of
 * six digits in requests), and a commit's bytes are kept as they are.
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

/** What git found in an object, in its words; null where it failed for something else. */
export function readObjectFault(stderr: string): string | null {
  const [, id = "", reason = ""] = /object ([0-9a-f]{7,40}): \w+: ([^\r\n]+)/.exec(stderr) ?? [];
  return reason === "" ? null : `the object ${id.slice(0, 12)} ${reason.trim()}`;
}
