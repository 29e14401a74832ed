import { diffArrays } from "diff";
import type { TextEdit } from "#lib/contracts/change-set.ts";
import type { OperationFailureCode } from "../change-set/operation-failure.ts";
import { describeNearestRegion } from "./describe-nearest-region.ts";
import { locateAroundMarkers } from "./locate-around-markers.ts";
import { locateAsLines, locateBlock, type BlockMatch } from "./locate-block.ts";
import { normalizeEndings, openTextDocument, type TextDocument } from "./text-document.ts";

export type EditFailure = { code: OperationFailureCode; editIndex: number; message: string; report: string };

/** A block that asks for nothing: it was left out, and the others were applied without it. */
export type SkippedEdit = { editIndex: number; code: "NO_CHANGE" | "ALREADY_APPLIED"; message: string };

export type EditResult =
  | { status: "applied"; text: string; skipped: SkippedEdit[] }
  | { status: "failed"; failures: EditFailure[] };

/**
 * Applies blocks to one text: all that ask for something, or none. A block that asks for nothing is left out and named
 * in the result; where every block asks for nothing, that is the failure. Each is located in the text as it was given,
 * so that their order does not matter; only a block that is not there yet is tried once more behind the others. Every
 * byte outside the matched lines stays, and so do lines that a block only repeats: a match is a small three-way merge
 * of old text, file and new text.
 */
export function applyEdits({ text, edits }: { text: string; edits: readonly TextEdit[] }): EditResult {
  const normalized = edits.map((edit) => ({
    ...edit,
    oldText: normalizeEndings(edit.oldText),
    newText: normalizeEndings(edit.newText),
  }));
  const [only] = normalized;
  if (text.replace("\uFEFF", "") === "" && normalized.length === 1 && only?.oldText === "")
    return { status: "applied", text: `${text}${only.newText}`, skipped: [] };

  let document = openTextDocument(text);
  const failures: EditFailure[] = [];
  const skipped: SkippedEdit[] = [];
  const located: { editIndex: number; match: BlockMatch }[] = [];
  const waiting: number[] = [];
  for (const [editIndex, edit] of normalized.entries()) {
    if (edit.oldText === "")
      failures.push(
        fail({ code: "NO_MATCH", editIndex, message: "oldText is empty, which is only allowed for an empty file." }),
      );
    else if (edit.oldText === edit.newText)
      skipped.push({ code: "NO_CHANGE", editIndex, message: "oldText and newText are the same." });
    else {
      const result = locateBlock({ document, edit });
      const pieces = result.status === "absent" ? locateAroundMarkers({ document, edit }) : null;
      const matches = result.status === "found" ? result.matches : pieces;
      if (matches !== null) for (const match of matches) located.push({ editIndex, match });
      else if (result.status === "ambiguous")
        failures.push(describeAmbiguity({ document, editIndex, lines: result.lines }));
      else waiting.push(editIndex);
    }
  }
  const overlap = findOverlap(located);
  if (overlap !== null) failures.push(overlap);
  if (failures.length > 0 && waiting.length === 0) return { status: "failed", failures };
  if (overlap === null) document = spliceAll({ document, matches: located.map(({ match }) => match) });

  for (const editIndex of waiting) {
    const edit = normalized[editIndex];
    if (edit === undefined) continue;
    const result =
      located.length === 0 && waiting.length === 1 ? { status: "absent" as const } : locateBlock({ document, edit });
    if (result.status === "found") document = spliceAll({ document, matches: result.matches });
    else if (result.status === "ambiguous")
      failures.push(describeAmbiguity({ document, editIndex, lines: result.lines }));
    else if (isAlreadyApplied({ document, edit }))
      skipped.push({
        code: "ALREADY_APPLIED",
        editIndex,
        message: "newText is in the file and oldText is not: the change is there already.",
      });
    else failures.push(describeAbsence({ document, editIndex, edit }));
  }
  if (failures.length === 0 && skipped.length < edits.length)
    return { status: "applied", text: closeTextDocument(document), skipped };
  const reasons = failures.length > 0 ? failures : skipped.map(fail);
  return { status: "failed", failures: reasons.toSorted((a, b) => a.editIndex - b.editIndex) };
}

function closeTextDocument({ hasByteOrderMark, lines, endings }: TextDocument): string {
  return (hasByteOrderMark ? "\uFEFF" : "") + lines.map((line, index) => `${line}${endings[index] ?? ""}`).join("");
}

/** Replaces matches from the bottom up, so that the places of those above stay right. */
function spliceAll({ document, matches }: { document: TextDocument; matches: BlockMatch[] }): TextDocument {
  if (matches.length === 0) return document;
  const pieces: string[] = [];
  let nextLine = 0;
  const copyUpTo = (line: number) => {
    for (; nextLine < line; nextLine += 1)
      pieces.push(`${document.lines[nextLine] ?? ""}${document.endings[nextLine] ?? ""}`);
  };
  for (const match of matches.toSorted((a, b) => a.firstLine - b.firstLine)) {
    copyUpTo(match.firstLine);
    pieces.push(spliceMatch({ document, match }));
    nextLine = match.lastLine + 1;
  }
  copyUpTo(document.lines.length);
  return openTextDocument((document.hasByteOrderMark ? "\uFEFF" : "") + pieces.join(""));
}

function spliceMatch({ document, match }: { document: TextDocument; match: BlockMatch }): string {
  const { firstLine, lastLine, search, replace, indent } = match;
  const { majorityEnding } = document;
  const isEndOfText = (document.endings[lastLine] ?? "") === "";
  const isUniform = document.endings
    .slice(firstLine, lastLine + 1)
    .every((ending) => ending === majorityEnding || ending === "");
  // Where the file's bytes are the block's, what stays and what is new need not be told apart; over thousands of lines that takes seconds.
  if (isUniform && search.every((line, index) => line === document.lines[firstLine + index]))
    return replace
      .map((line, index) => `${line}${index === replace.length - 1 && isEndOfText ? "" : majorityEnding}`)
      .join("");
  const output: { text: string; ending: string }[] = [];
  let fileLine = firstLine;
  for (const { added, removed, value } of diffArrays(search, replace)) {
    if (removed) {
      fileLine += value.length;
      continue;
    }
    for (const line of value) {
      if (added) output.push({ text: indent?.(line) ?? line, ending: majorityEnding });
      else {
        output.push({ text: document.lines[fileLine] ?? "", ending: document.endings[fileLine] ?? "" });
        fileLine += 1;
      }
    }
  }
  return output
    .map(
      ({ text, ending }, index) =>
        `${text}${index === output.length - 1 && isEndOfText ? "" : ending === "" ? majorityEnding : ending}`,
    )
    .join("");
}

function findOverlap(located: { editIndex: number; match: BlockMatch }[]): EditFailure | null {
  const sorted = located.toSorted((a, b) => a.match.firstLine - b.match.firstLine);
  for (const [index, { editIndex, match }] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== undefined && next.match.firstLine <= match.lastLine) {
      return fail({
        code: "OVERLAP",
        editIndex: Math.max(editIndex, next.editIndex),
        message: `Blocks ${editIndex + 1} and ${next.editIndex + 1} change the same lines (line ${next.match.firstLine + 1}). Send them as one block.`,
      });
    }
  }
  return null;
}

function describeAmbiguity({
  document,
  editIndex,
  lines,
}: {
  document: TextDocument;
  editIndex: number;
  lines: number[];
}): EditFailure {
  const places = lines.slice(0, 10).map((line) => `${line}: ${document.lines[line - 1] ?? ""}`);
  return {
    code: "AMBIGUOUS",
    editIndex,
    message: `oldText occurs ${lines.length} times (lines ${lines.slice(0, 10).join(", ")}).`,
    report: `oldText occurs ${lines.length} times. Add lines around it until it is unique:\n${places.join("\n")}`,
  };
}

/** As a part of a line, new text may stand anywhere by chance, and the change would be dropped as done. */
function isAlreadyApplied({
  document,
  edit: { oldText, newText },
}: {
  document: TextDocument;
  edit: TextEdit;
}): boolean {
  return (
    newText.trim() !== "" && locateAsLines({ document, block: { oldText: newText, newText: oldText } }).length === 1
  );
}

function describeAbsence({
  document,
  editIndex,
  edit,
}: {
  document: TextDocument;
  editIndex: number;
  edit: TextEdit;
}): EditFailure {
  return {
    code: "NO_MATCH",
    editIndex,
    message: "oldText is not in the file.",
    report: `oldText is not in the file. Copy it exactly. The most similar part of the file is:\n${describeNearestRegion({ lines: document.lines, search: edit.oldText.split("\n") })}`,
  };
}

function fail({
  code,
  editIndex,
  message,
}: {
  code: OperationFailureCode;
  editIndex: number;
  message: string;
}): EditFailure {
  return { code, editIndex, message, report: message };
}
