import type { BriefRisk } from "#lib/contracts/comparisons/brief.ts";
import type { IssueSeverity, ValidationIssue } from "#lib/contracts/versions/validation.ts";

const order: Record<IssueSeverity, number> = { error: 0, strong: 1, weak: 2, warning: 3, info: 4 };

/** Findings as risks, most severe first, without duplicates. A note (`info`) is not a risk. */
export function listRisks(issues: readonly ValidationIssue[]): BriefRisk[] {
  const risks = issues
    .filter(({ severity }) => severity !== "info")
    .toSorted((a, b) => order[a.severity] - order[b.severity])
    .map(({ message, path, line }): BriefRisk => ({ text: message, path, ...(line === undefined ? {} : { line }) }));
  return [...new Map(risks.map((risk) => [JSON.stringify(risk), risk])).values()];
}
