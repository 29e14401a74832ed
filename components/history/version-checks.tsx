import type { ValidationSummary } from "#lib/contracts/versions/validation.ts";

const styles: Record<ValidationSummary["status"], { word: string; className: string }> = {
  passed: { word: "checks passed", className: "text-positive" },
  warnings: { word: "warnings", className: "text-caution" },
  failed: { word: "checks failed", className: "text-negative" },
};

/** The check results of a version. The word has the meaning, the colour repeats it. */
export function VersionChecks({ validation: { status, issueCount } }: { validation: ValidationSummary }) {
  const { word, className } = styles[status];
  return (
    <span className={className}>
      {status === "passed" ? word : `${word}, ${issueCount === 1 ? "1 finding" : `${issueCount} findings`}`}
    </span>
  );
}
