import type { GenerationCheck } from "#lib/contracts/versions/check.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";

const excerptLines = 6;

/** The failing check cases in files of a comparison, to be shown near the lines that may have broken them. */
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
      message: `Check “${check}” ${does}: ${name}`,
      ...(line === undefined || line < 1 ? {} : { line }),
      // A compiler error's name is its message.
      ...(message === "" || name.includes(message)
        ? {}
        : { excerpt: message.split("\n").slice(0, excerptLines).join("\n") }),
    },
  ];
}
