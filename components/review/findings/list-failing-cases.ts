import type { GenerationCheck } from "#lib/contracts/versions/check.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";

const excerptLines = 6;

/** The cases of checks that fail in files of a comparison, to be told where the lines are that may have broken them. */
export function listFailingCases({
  items,
  files,
}: {
  items: readonly GenerationCheck[];
  files: readonly ReviewFile[];
}): ValidationIssue[] {
  const paths = new Map<string, ReviewFile["path"]>(
    files.flatMap(({ path, status }) => (status === "deleted" ? [] : [[path, path]])),
  );
  return items.flatMap(({ name: check, newFailures, stillFailing }) => [
    ...newFailures.flatMap((failing) => toIssue({ check, failing, paths, severity: "error", does: "newly fails" })),
    ...stillFailing.flatMap((failing) => toIssue({ check, failing, paths, severity: "warning", does: "still fails" })),
  ]);
}

function toIssue({
  check,
  failing: { name, path = "", line, message },
  paths,
  severity,
  does,
}: {
  check: string;
  failing: GenerationCheck["newFailures"][number];
  paths: ReadonlyMap<string, ReviewFile["path"]>;
  severity: ValidationIssue["severity"];
  does: string;
}): ValidationIssue[] {
  const known = paths.get(path);
  if (known === undefined) return [];
  return [
    {
      validator: `check ${check}`,
      severity,
      path: known,
      message: `${check} ${does}: ${name}`,
      ...(line === undefined || line < 1 ? {} : { line }),
      // Of a compiler's complaint the name is the message.
      ...(message === "" || name.includes(message)
        ? {}
        : { excerpt: message.split("\n").slice(0, excerptLines).join("\n") }),
    },
  ];
}
