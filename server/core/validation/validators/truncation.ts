import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { splitLines } from "../../diff/split-lines.ts";
import { findFencedBlocks } from "../find-fenced-blocks.ts";
import { isShrinkingAskedFor } from "../is-shrinking-asked-for.ts";
import { analyzeLosses } from "../loss/analyze-losses.ts";
import { isGeneratedFile } from "../loss/is-generated-file.ts";
import { quoteLine } from "../quote-line.ts";
import { findBracketSyntax, scanBrackets } from "../scan-brackets.ts";
import type { ChangedFile, ValidationInput, Validator } from "../validator.ts";

/**
 * Signs that a text was cut off before its end. Texts with a grammar are also checked by `syntax`, which finds more.
 */
export const truncation: Validator = {
  name: "truncation",
  applies: ({ changedFiles }) => changedFiles.some(({ before, after }) => before !== after),
  validate: (input) =>
    input.changedFiles.flatMap((file): ValidationIssue[] => {
      if (file.before === file.after) return [];
      if (isGeneratedFile({ path: file.path, text: file.before ?? "" })) return [];
      const sign =
        findCutLine(file) ?? findLostEnd({ file, input }) ?? findOpenBracket(file) ?? findOpenCodeBlock(file);
      if (sign === null) return [];
      const excerpt = quoteLine({ text: file.after, line: sign.line });
      return [
        {
          validator: "truncation",
          severity: "strong",
          path: file.path,
          line: sign.line,
          message: `Cut off: ${sign.problem}.`,
          ...(excerpt === "" ? {} : { excerpt }),
        },
      ];
    }),
};

type Sign = { line: number; problem: string };

/** The last line is a prefix of a line of the parent, has no line ending, and the lines after it are missing. */
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

/** A shorter end may be intended. A final line ending makes the text look finished, so more must be missing. */
const minLostEnd = 3;
const minLostEndOfFinished = 5;
const minLostEndShare = 0.25;

/**
 * A whole write ends with a line from the parent's middle, and nothing after that line remains. Reported if the final
 * line ending is missing too, or if a large part of the file is missing and the prompt does not request that.
 */
function findLostEnd({ file, input }: { file: ChangedFile; input: ValidationInput }): Sign | null {
  const { before, after, cause } = file;
  if (before === null || cause === "edit") return null;
  const isSignificant = (line: string) => /[\p{L}\d]/u.test(line);
  const lines = splitLines(after).map((line) => line.trimEnd());
  const last = lines.findLast(isSignificant);
  const parentLines = splitLines(before).map((line) => line.trimEnd());
  const at = last === undefined ? -1 : parentLines.lastIndexOf(last);
  if (at === -1) return null;
  const explained = analyzeLosses(input).explained.get(file.path);
  const lost = new Set(
    parentLines.filter((line, index) => index > at && isSignificant(line) && explained?.has(index) !== true),
  );
  for (const line of parentLines.slice(0, at + 1)) lost.delete(line);
  if (lost.size < minLostEnd || lines.some((line) => lost.has(line))) return null;
  const isUnfinished = before.endsWith("\n") && !after.endsWith("\n");
  if (!isUnfinished && lost.size < minLostEndOfFinished) return null;
  if (!isUnfinished && lost.size < new Set(parentLines.filter(isSignificant)).size * minLostEndShare) return null;
  if (!isUnfinished && isShrinkingAskedFor({ file, prompt: input.prompt })) return null;
  return {
    line: lines.length,
    problem: `it ends with line ${at + 1} of ${parentLines.length}, and all that followed is gone`,
  };
}

/** A bracket, string or comment is unclosed at the end, while the parent's were closed. */
function findOpenBracket({ path, before, after }: ChangedFile): Sign | null {
  const syntax = findBracketSyntax(path);
  // A closing bracket in the first column ends a declaration, so nothing was cut off after it.
  if (syntax === null || /(?:^|\n)[)\]}]+[;,]?\s*$/.test(after)) return null;
  const scan = scanBrackets({ text: after, syntax });
  const open = scan.runsOut ?? scan.unclosed.at(-1);
  if (open === undefined || scan.unexpected !== null) return null;
  const inParent = scanBrackets({ text: before ?? "", syntax });
  if (inParent.unclosed.length > 0 || inParent.runsOut !== null) return null;
  return { line: open.line, problem: `\`${open.text}\` is opened and never closed` };
}

/** A Markdown code block without an end, while all blocks of the parent were closed. */
function findOpenCodeBlock({ path, before, after }: ChangedFile): Sign | null {
  if (!/\.(?:md|mdx|markdown)$/i.test(path)) return null;
  const open = findFencedBlocks(after.split("\n")).find(({ isClosed }) => !isClosed);
  if (open === undefined || findFencedBlocks((before ?? "").split("\n")).some(({ isClosed }) => !isClosed)) return null;
  return { line: open.start + 1, problem: "the code block that starts here has no end" };
}
