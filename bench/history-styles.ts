import type { TextEdit } from "#lib/contracts/runs/change-set.ts";
import type { CommittedFile, CommittedHunk } from "./committed-edits.ts";

/** One edit of one file. `expected` is the only right text. */
export type HistoryCase = { before: string; edits: TextEdit[]; expected: string };

/** Tools send parts of a text; text answers send whole lines. */
export type Dialect = "tools" | "text";

type Change = { file: CommittedFile; hunk: CommittedHunk; dialect: Dialect };

export type HistoryStyle = {
  name: string;
  contextLines: number;
  /** The style of a careful model: refusing it is unnecessary. */
  isHonest: boolean;
  /** Null if the hunk cannot be written in this style. */
  build: (change: Change) => HistoryCase | null;
};

/** `shared` is the common indentation of all lines of both sides. */
type LineChange = (line: string, index: number, lines: readonly string[], shared: string) => string;

const keep: LineChange = (line) => line;
const dedent: LineChange = (line, _, __, shared) => dropIndent(line, shared);
const indent: LineChange = (line, _, lines) => (line === "" ? line : `${indentUnit(lines)}${line}`);
const stripFirst: LineChange = (line, index) => (index === 0 ? line.trimStart() : line);
const dedentFirstHalf: LineChange = (line, index, lines, shared) =>
  index < lines.length / 2 ? dropIndent(line, shared) : line;
const dedentSecondHalf: LineChange = (line, index, lines, shared) =>
  index >= lines.length / 2 ? dropIndent(line, shared) : line;
const addTrailingSpace: LineChange = (line) => `${line}  `;
const swapTabs: LineChange = (line) =>
  line.replace(/^[ \t]+/, (white) =>
    white.includes("\t") ? white.replaceAll("\t", "    ") : white.replaceAll("    ", "\t"),
  );
const curlQuotes: LineChange = (line) => line.replace(/"([^"]*)"/g, "“$1”").replace(/(\w)'(\w)/g, "$1’$2");

export const historyStyles: readonly HistoryStyle[] = [
  ...[0, 1, 3].map((contextLines): HistoryStyle => ({
    name: `exact, ${contextLines} lines of context`,
    contextLines,
    isHonest: true,
    build: drifted({ old: keep, new: keep }),
  })),
  { name: "all hunks of a file", contextLines: 2, isHonest: true, build: wholeFile([]) },
  {
    name: "all hunks and blocks that ask for nothing",
    contextLines: 2,
    isHonest: true,
    build: ({ file, hunk, dialect }) => {
      const nothing = toEdit({ hunk: { ...hunk, newLines: hunk.oldLines }, dialect, old: keep, new: keep });
      return wholeFile([nothing])({ file, hunk, dialect });
    },
  },
  ...[0, 1, 3].map((contextLines): HistoryStyle => ({
    name: `sent again, ${contextLines} lines of context`,
    contextLines,
    isHonest: true,
    build: sentAgain({ old: keep, new: keep }),
  })),
  {
    name: "sent again, dedented",
    contextLines: 1,
    isHonest: false,
    build: sentAgain({ old: dedent, new: dedent }),
  },
  ...[0, 1, 3].flatMap((contextLines): HistoryStyle[] => [
    style({ name: "dedented", contextLines, old: dedent, new: dedent }),
    style({ name: "old text dedented", contextLines, old: dedent, new: keep }),
    style({ name: "first line stripped", contextLines, old: stripFirst, new: stripFirst }),
    style({ name: "old text's first line stripped", contextLines, old: stripFirst, new: keep }),
    style({ name: "indented", contextLines, old: indent, new: indent }),
    style({ name: "first half dedented", contextLines, old: dedentFirstHalf, new: dedentFirstHalf }),
    style({ name: "second half dedented", contextLines, old: dedentSecondHalf, new: dedentSecondHalf }),
    style({ name: "tabs and spaces swapped", contextLines, old: swapTabs, new: swapTabs }),
  ]),
  style({ name: "trailing space", contextLines: 1, old: addTrailingSpace, new: keep }),
  style({ name: "typographic quotes", contextLines: 1, old: curlQuotes, new: curlQuotes }),
  style({ name: "old text with typographic quotes", contextLines: 1, old: curlQuotes, new: keep }),
];

function style({
  name,
  contextLines,
  ...changes
}: {
  name: string;
  contextLines: number;
  old: LineChange;
  new: LineChange;
}): HistoryStyle {
  return { name: `${name}, ${contextLines} lines of context`, contextLines, isHonest: false, build: drifted(changes) };
}

function drifted(changes: { old: LineChange; new: LineChange }) {
  return ({ file, hunk, dialect }: Change): HistoryCase | null => {
    const edit = toEdit({ hunk, dialect, ...changes });
    const exact = toEdit({ hunk, dialect, old: keep, new: keep });
    // If the old text matches exactly, the new text must be taken literally.
    if (changes.old !== keep && edit.oldText === exact.oldText) return null;
    // A tool cannot express one blank line: its new text is empty, which deletes.
    if (dialect === "tools" && hunk.newLines.length > 0 && edit.newText === "") return null;
    return { before: file.before, edits: [edit], expected: applyHunk({ file, hunk }) };
  };
}

function sentAgain(changes: { old: LineChange; new: LineChange }) {
  return ({ file, hunk, dialect }: Change): HistoryCase => {
    const text = applyHunk({ file, hunk });
    return { before: text, edits: [toEdit({ hunk, dialect, ...changes })], expected: text };
  };
}

function wholeFile(others: TextEdit[]) {
  return ({ file, hunk, dialect }: Change): HistoryCase | null => {
    if (hunk !== file.hunks[0]) return null;
    const edits = file.hunks.map((each) => toEdit({ hunk: each, dialect, old: keep, new: keep }));
    let expected = splitText(file.before);
    for (const { first, oldLines, newLines } of file.hunks.toReversed())
      expected = expected.toSpliced(first, oldLines.length, ...newLines);
    return {
      before: file.before,
      edits: [...edits, ...others],
      expected: toText({ lines: expected, like: file.before }),
    };
  };
}

function toEdit({
  hunk,
  dialect,
  ...changes
}: {
  hunk: CommittedHunk;
  dialect: Dialect;
  old: LineChange;
  new: LineChange;
}): TextEdit {
  const shared = commonIndent([...hunk.oldLines, ...hunk.newLines]);
  const oldLines = hunk.oldLines.map((line, index, lines) => changes.old(line, index, lines, shared));
  const newLines = hunk.newLines.map((line, index, lines) => changes.new(line, index, lines, shared));
  return dialect === "tools"
    ? { oldText: oldLines.join("\n"), newText: newLines.join("\n") }
    : {
        oldText: oldLines.map((line) => `${line}\n`).join(""),
        newText: newLines.map((line) => `${line}\n`).join(""),
        isWholeLines: true,
      };
}

function applyHunk({
  file,
  hunk: { first, oldLines, newLines },
}: {
  file: CommittedFile;
  hunk: CommittedHunk;
}): string {
  const lines = splitText(file.before).toSpliced(first, oldLines.length, ...newLines);
  return toText({ lines, like: file.before });
}

function splitText(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

function toText({ lines, like }: { lines: string[]; like: string }): string {
  return lines.join("\n") + (like.endsWith("\n") && lines.length > 0 ? "\n" : "");
}

function commonIndent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)?.[0] ?? "");
  let [common = ""] = indents;
  for (const each of indents) while (!each.startsWith(common)) common = common.slice(0, -1);
  return common;
}

function dropIndent(line: string, indent: string): string {
  return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
}

function indentUnit(lines: readonly string[]): string {
  return lines.some((line) => line.startsWith("\t")) ? "\t" : "    ";
}
