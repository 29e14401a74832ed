import { useState } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ReviewNavigation } from "../session/place/place.ts";
import { stepFinding, type Finding } from "./list-findings.ts";

/** Steps through findings from the current position. */
export function useFindingSteps({
  findings,
  paths,
  navigation: { current, selection },
  word = "Finding",
  onGoTo,
  say,
}: {
  findings: readonly Finding[];
  paths: readonly FilePath[];
  navigation: Pick<ReviewNavigation, "current" | "selection">;
  /** The name of a finding in announcements. */
  word?: string;
  onGoTo: (finding: Finding, said: string) => void;
  say: (text: string) => void;
}) {
  const [last, setLast] = useState<Finding | null>(null);
  const goToFinding = (finding: Finding) => {
    setLast(finding);
    const at = findings.findIndex(({ key }) => key === finding.key);
    onGoTo(finding, `${word} ${at + 1} of ${findings.length}: ${finding.issue.message.replace(/\.$/, "")}`);
  };
  return {
    goToFinding,
    stepFinding: (by: 1 | -1) => {
      const from =
        selection !== null
          ? { path: selection.path, line: selection.last }
          : current !== null
            ? { path: current.path, line: 0 }
            : null;
      const next = stepFinding({ findings, last, from, paths, by });
      if (next === null)
        say(
          `No ${findings.length === 0 ? "" : "other "}${word.toLowerCase()}${findings.length === 0 ? "" : " that way"}`,
        );
      else goToFinding(next);
    },
  };
}
