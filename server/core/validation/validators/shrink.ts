import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { splitLines } from "../../diff/split-lines.ts";
import { isShrinkingAskedFor } from "../is-shrinking-asked-for.ts";
import { analyzeLosses, isUnusedPrivate } from "../loss/analyze-losses.ts";
import { isGeneratedFile } from "../loss/is-generated-file.ts";
import { nameFile } from "../loss/name-file.ts";
import { listLabels } from "../loss/list-labels.ts";
import { measureMovedShare } from "../measure-moved-share.ts";
import type { ChangedFile, ValidationInput, Validator } from "../validator.ts";

/** Shorter files shrink for good reasons, unless almost nothing remains. */
const minParentLines = 20;
const minLostLines = 5;
/** In real histories, 1.0 % of modified files fall below half of their lines. */
const doubtfulShare = 0.5;
/** A loss of over 30 % counts only together with a lost declaration. */
const suspiciousShare = 0.7;
/** Losing 80 % of a file is always doubtful. */
const hopelessShare = 0.2;
const hopelessShareOfShort = 0.34;
/** The missing lines of a file that was split are nearly all in other files. */
const movedShare = 0.8;
/** The target of a split is a new file that the old one names, and parts of it had to be rewritten. */
const delegatedShare = 0.4;

/** Fewer lines with words may all be rewritten. */
const minWordLines = 3;
const word = /[\p{L}\p{N}]{2}/u;
const letter = /[\p{L}\p{N}]/u;

/** Whole-file writes that leave much less than before: typical for a file that a model rewrote from memory. */
export const shrink: Validator = {
  name: "shrink",
  applies: ({ changedFiles }) => changedFiles.some(({ before, cause }) => before !== null && cause === "write"),
  validate: (input) => input.changedFiles.flatMap((file) => checkFile({ file, input })),
};

function checkFile({ file, input }: { file: ChangedFile; input: ValidationInput }): ValidationIssue[] {
  if (file.before === null || file.cause !== "write") return [];
  const shrunk = checkShrunk({ file, before: file.before, input });
  return shrunk.length > 0 ? shrunk : checkReplaced({ file, before: file.before, input });
}

type Rewrite = { file: ChangedFile; before: string; input: ValidationInput };

function checkShrunk({ file, before, input }: Rewrite): ValidationIssue[] {
  const parentLines = splitLines(before).length;
  const lines = splitLines(file.after).length;
  const explained = analyzeLosses(input).explained.get(file.path)?.size ?? 0;
  const share = lines / Math.max(1, parentLines - explained);
  if (share >= suspiciousShare || parentLines - explained - lines < minLostLines) return [];
  if (parentLines < minParentLines && share >= hopelessShareOfShort) return [];
  if (isGeneratedFile({ path: file.path, text: before })) return [];
  if (isShrinkingAskedFor({ file, prompt: input.prompt })) return [];
  const message = `Rewritten: ${parentLines} lines became ${lines}.`;
  const issue = (detail = ""): ValidationIssue[] => [
    { validator: "shrink", severity: "strong", path: file.path, message: message + detail },
  ];
  if (share < hopelessShare) return issue();
  if (share < doubtfulShare) return isMovedOn({ file, before, input }) ? [] : issue();
  const lost = (analyzeLosses(input).lost.get(file.path) ?? []).filter((each) => {
    const { kind } = each.declaration;
    return each.use !== "let-go" && !isUnusedPrivate(each) && (kind === "symbol" || kind === "route");
  });
  return lost.length === 0
    ? []
    : issue(` Gone with them: ${listLabels(lost.map(({ declaration }) => declaration.label))}.`);
}

/** Its lines moved to other files of the change, or to a new one that it now imports. */
function isMovedOn({ file, before, input: { changedFiles } }: Rewrite): boolean {
  const isDelegated = changedFiles.some(
    ({ path, before: old }) => old === null && file.after.includes(readStem(path)) && !before.includes(readStem(path)),
  );
  return measureMovedShare({ file, others: changedFiles }) >= (isDelegated ? delegatedShare : movedShare);
}

function readStem(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
}

/** A shorter text without any line of the file is a part sent as the whole, for example only the new section. */
function checkReplaced({ file, before, input }: Rewrite): ValidationIssue[] {
  const isShort = listLines({ text: before, holds: word }).size < minWordLines;
  const holds = isShort ? letter : word;
  const [old, now] = [listLines({ text: before, holds }), listLines({ text: file.after, holds })];
  const maxLines = isShort ? minWordLines : old.size;
  if (old.size === 0 || old.size > maxLines || now.size === 0 || now.size > maxLines) return [];
  if ([...now].some((line) => old.has(line))) return [];
  if (isShort && !isAnotherText({ file, before, prompt: input.prompt })) return [];
  if (isSameInShape([...old], [...now])) return [];
  if (isGeneratedFile({ path: file.path, text: before })) return [];
  if (isShrinkingAskedFor({ file, prompt: input.prompt }) || isRewritingAskedFor(input.prompt)) return [];
  if (measureMovedShare({ file, others: input.changedFiles }) >= movedShare) return [];
  const lines = old.size === 1 ? "its only line is another one" : `none of its ${old.size} lines is left`;
  const message = `Rewritten: ${lines}.`;
  return [{ validator: "shrink", severity: "strong", path: file.path, message }];
}

/**
 * For a file with few lines, a complete rewrite proves little. It counts if not one word remains and the prompt does
 * not mention the file.
 */
function isAnotherText({ file, before, prompt }: { file: ChangedFile; before: string; prompt: string }): boolean {
  const words = (text: string) => new Set(text.toLowerCase().match(/[\p{L}_]{3,}|\d+/gu));
  const [old, now, said] = [words(before), words(file.after), words(prompt)];
  const isNamed = nameFile(file.path).some((name) => [...words(name)].some((word) => said.has(word)));
  return !isNamed && [...old].every((word) => !now.has(word) && !said.has(word));
}

/** True if the lines differ only in their words, one by one: names were changed throughout, and nothing is lost. */
function isSameInShape(old: readonly string[], now: readonly string[]): boolean {
  const shape = (line: string | undefined) => line?.replace(/[\p{L}\p{N}_]+/gu, "w");
  return old.length === now.length && old.every((line, index) => shape(line) === shape(now[index]));
}

/** The distinct lines with a word, or at least one letter or digit. */
function listLines({ text, holds }: { text: string; holds: RegExp }): Set<string> {
  return new Set(
    splitLines(text)
      .map((line) => line.trim())
      .filter((line) => holds.test(line)),
  );
}

function isRewritingAskedFor(prompt: string): boolean {
  return (
    /\b(?:re-?(?:writ|word|phras|design|plac|generat|mak|styl|do\b)|overhaul|overwrit|from scratch|start over|new (?:design|look|version|text|contents?)|instead|translat|convert|migrat|port\b|switch)/i.test(
      prompt,
    ) ||
    /\b(?:plain(?:er)?|simpler?|clear(?:er)?|easier|shorter|other|better) (?:words?|wording|english|language|sentences)\b/i.test(
      prompt,
    )
  );
}
