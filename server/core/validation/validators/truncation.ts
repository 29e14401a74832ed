import type { ValidationIssue } from "#lib/contracts/validation.ts";
import { splitLines } from "../../diff/split-lines.ts";
import { findFencedBlocks } from "../find-fenced-blocks.ts";
import { quoteLine } from "../quote-line.ts";
import { findBracketSyntax, scanBrackets } from "../scan-brackets.ts";
import type { ChangedFile, Validator } from "../validator.ts";

/** Signs that a text was cut off before its end. Texts with a grammar are also judged by `syntax`, which sees more. */
export const truncation: Validator = {
  name: "truncation",
  applies: ({ changedFiles }) => changedFiles.some(({ before, after }) => before !== after),
  validate: ({ changedFiles }) =>
    changedFiles.flatMap((file): ValidationIssue[] => {
      if (file.before === file.after) return [];
      const sign = findCutLine(file) ?? findOpenBracket(file) ?? findOpenCodeBlock(file);
      if (sign === null) return [];
      const excerpt = quoteLine({ text: file.after, line: sign.line });
      return [
        {
          validator: "truncation",
          severity: "strong",
          path: file.path,
          line: sign.line,
          message: `The file seems to be cut off: ${sign.problem}.`,
          ...(excerpt === "" ? {} : { excerpt }),
        },
      ];
    }),
};

type Sign = { line: number; problem: string };

/** The last line is the beginning of a line of the parent, has no line end, and what followed it there is missing. */
function findCutLine({ before, after }: ChangedFile): Sign | null {
  if (before === null || after.endsWith("\n") || !before.endsWith("\n")) return null;
  const lines = splitLines(after);
  const last = lines.at(-1);
  if (last === undefined || last.trim() === "") return null;
  const kept = new Set(lines);
  const parentLines = splitLines(before);
  const lastOfParent = parentLines.findLastIndex((line) => line.trim() !== "");
  const isCut = parentLines.some((line, index) => {
    const whole = line.trimEnd();
    if (!whole.startsWith(last) || whole.length === last.length || kept.has(line)) return false;
    return index < lastOfParent || whole.length > 2 * last.length;
  });
  return isCut ? { line: lines.length, problem: "its last line is only the beginning of a line of the parent" } : null;
}

/** A bracket, string or comment that stands open at the end, where the parent's were closed. */
function findOpenBracket({ path, before, after }: ChangedFile): Sign | null {
  const syntax = findBracketSyntax(path);
  // A closing bracket in the first column ends a declaration, so nothing was cut off behind it.
  if (syntax === null || /(?:^|\n)[)\]}]+[;,]?\s*$/.test(after)) return null;
  const scan = scanBrackets({ text: after, syntax });
  const open = scan.runsOut ?? scan.unclosed.at(-1);
  if (open === undefined || scan.unexpected !== null) return null;
  const inParent = scanBrackets({ text: before ?? "", syntax });
  if (inParent.unclosed.length > 0 || inParent.runsOut !== null) return null;
  return { line: open.line, problem: `\`${open.text}\` is opened and never closed` };
}

/** A code block of Markdown that has no end, where every block of the parent had one. */
function findOpenCodeBlock({ path, before, after }: ChangedFile): Sign | null {
  if (!/\.(?:md|mdx|markdown)$/i.test(path)) return null;
  const open = findFencedBlocks(after.split("\n")).find(({ isClosed }) => !isClosed);
  if (open === undefined || findFencedBlocks((before ?? "").split("\n")).some(({ isClosed }) => !isClosed)) return null;
  return { line: open.start + 1, problem: "the code block that starts here has no end" };
}
