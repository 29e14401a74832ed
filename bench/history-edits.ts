import { fileURLToPath } from "node:url";
import { applyEdits } from "#server/core/edits/apply-edits.ts";
import type { BenchRow } from "./bench-table.ts";
import { listCommittedFiles, type CommittedFile } from "./committed-edits.ts";
import { historyStyles, type Dialect, type HistoryCase, type HistoryStyle } from "./history-styles.ts";

type HistoryScore = {
  style: HistoryStyle;
  dialect: Dialect;
  right: number;
  refused: number;
  wrong: number;
  wrongCases: { path: string; given: HistoryCase; got: string }[];
  refusedCases: { path: string; given: HistoryCase; got: string }[];
};

const commits = 150;

/** The project's own history as a model's edits, in the styles of models. */
export function benchHistoryEdits(): BenchRow[] {
  const directory = fileURLToPath(new URL("../", import.meta.url));
  return scoreHistory({ directory, commits }).map(({ style, dialect, right, refused, wrong }) => ({
    name: `history, ${dialect}: ${style.name}`,
    graft: `${right} right, ${wrong} wrong, ${refused} refused`,
    yardstick: style.isHonest ? "0 wrong, under 2 % refused" : "0 wrong",
    note: "the goal",
  }));
}

/** Every hunk of the newest commits of a repository, in every possible style. */
function scoreHistory({ directory, commits }: { directory: string; commits: number }): HistoryScore[] {
  const filesByContext = new Map<number, CommittedFile[]>();
  return historyStyles.flatMap((style) => {
    const { contextLines } = style;
    const files = filesByContext.get(contextLines) ?? listCommittedFiles({ directory, commits, contextLines });
    filesByContext.set(contextLines, files);
    return (["tools", "text"] as const).map((dialect) => scoreStyle({ style, dialect, files }));
  });
}

function scoreStyle({
  style,
  dialect,
  files,
}: {
  style: HistoryStyle;
  dialect: Dialect;
  files: CommittedFile[];
}): HistoryScore {
  const score: HistoryScore = {
    style,
    dialect,
    right: 0,
    refused: 0,
    wrong: 0,
    wrongCases: [],
    refusedCases: [],
  };
  for (const file of files) {
    for (const hunk of file.hunks) {
      const given = style.build({ file, hunk, dialect });
      if (given === null) continue;
      const result = applyEdits({ text: given.before, edits: given.edits });
      const isUnchanged =
        result.status === "failed" &&
        result.failures.every(({ code }) => code === "ALREADY_APPLIED" || code === "NO_CHANGE");
      const text = result.status === "applied" ? result.text : isUnchanged ? given.before : null;
      const got =
        result.status === "failed"
          ? result.failures.map(({ code, message }) => `${code} ${message}`).join("; ")
          : result.text;
      if (text === given.expected) score.right += 1;
      else if (text === null) {
        score.refused += 1;
        score.refusedCases.push({ path: file.path, given, got });
      } else {
        score.wrong += 1;
        score.wrongCases.push({ path: file.path, given, got });
      }
    }
  }
  return score;
}
