import type { SkippedEdit } from "./skipped-edit.ts";
import type { TextEdit } from "#lib/contracts/runs/change-set.ts";
import type { OperationFailureCode } from "../change-set/operation-failure.ts";
import { describeNearestRegion } from "./describe-nearest-region.ts";
import { locateAroundMarkers } from "./locate-around-markers.ts";
import { isPresent, locateBlock, type LocateResult } from "./locate-block.ts";
import type { BlockMatch } from "./locate/block-match.ts";
import { applySplices, lineAt, normalizeEndings, openTextDocument, type TextDocument } from "./text-document.ts";

type EditFailure = { code: OperationFailureCode; editIndex: number; message: string; report: string };

type EditResult =
  | { status: "applied"; text: string; skipped: SkippedEdit[] }
  | { status: "failed"; failures: EditFailure[] };

type Located = { editIndex: number; match: BlockMatch };

/**
 * Applies blocks to one text: all that have an effect, or none. A block without effect is skipped and listed in the
 * result; if no block has an effect, that is the failure. Each block is located in the original text, so their order
 * does not matter; only a block that is not found is tried once more after the others. All bytes outside the matched
 * characters are kept, and so are lines that a block only repeats: a match is a small three-way merge of old text, file
 * and new text.
 */
export function applyEdits({ text, edits }: { text: string; edits: readonly TextEdit[] }): EditResult {
  const normalized = edits.map((edit) => ({
    ...edit,
    oldText: normalizeEndings(edit.oldText),
    newText: normalizeEndings(edit.newText),
  }));
  const document = openTextDocument(text);
  const failures: EditFailure[] = [];
  const skipped: SkippedEdit[] = [];
  const located: Located[] = [];
  const waiting: { editIndex: number; edit: TextEdit; result: LocateResult }[] = [];
  for (const [editIndex, edit] of normalized.entries()) {
    const result = edit.oldText === "" || edit.oldText === edit.newText ? null : locate({ document, edit });
    if (edit.oldText === edit.newText) skipped.push(changesNothing(editIndex));
    else if (result === null)
      fill({ document, editIndex, edit, isAlone: edits.length === 1, failures, located, skipped });
    else if (result.status === "found") for (const match of result.matches) located.push({ editIndex, match });
    else if (result.status === "present" && result.hasOldText) skipped.push(isThereAlready(editIndex));
    else if (result.status === "present" || result.status === "absent") waiting.push({ editIndex, edit, result });
    else failures.push(describeFailure({ document, editIndex, edit, result }));
  }
  const overlap = findOverlap({ document, located });
  if (overlap !== null) failures.push(overlap);
  const splices = overlap === null ? located.flatMap(({ match }) => match.splices) : [];
  let current = splices.length === 0 ? document : openTextDocument(applySplices({ document, splices }));
  for (const { editIndex, edit, result: before } of waiting) {
    const result = current === document ? before : locate({ document: current, edit });
    if (before.status === "present" && result.status === "found") failures.push(describeTwoReadings({ editIndex }));
    else if (before.status === "present" || result.status === "present") skipped.push(isThereAlready(editIndex));
    else if (result.status === "found") {
      const more = result.matches.flatMap((match) => match.splices);
      current = openTextDocument(applySplices({ document: current, splices: more }));
    } else failures.push(describeFailure({ document: current, editIndex, edit, result }));
  }
  if (failures.length === 0 && skipped.length < edits.length)
    return { status: "applied", text: applySplices({ document: current, splices: [] }), skipped };
  const reasons = failures.length > 0 ? failures : skipped.map(fail);
  return { status: "failed", failures: reasons.toSorted((a, b) => a.editIndex - b.editIndex) };
}

/** By its text, or else by the pieces around elision markers that both sides have. */
function locate({ document, edit }: { document: TextDocument; edit: TextEdit }): LocateResult {
  const result = locateBlock({ document, edit });
  const pieces = result.status === "absent" ? locateAroundMarkers({ document, edit }) : null;
  if (pieces === null) return result;
  const matches = pieces.filter((match) => !isPresent({ document, match }));
  return matches.length === 0 ? { status: "present", hasOldText: true } : { status: "found", matches };
}

/** An empty old text fills an empty file, and matches no other. */
function fill({
  document,
  editIndex,
  edit: { newText },
  isAlone,
  failures,
  located,
  skipped,
}: {
  document: TextDocument;
  editIndex: number;
  edit: TextEdit;
  isAlone: boolean;
  failures: EditFailure[];
  located: Located[];
  skipped: SkippedEdit[];
}): void {
  const isEmpty = document.text === "";
  if (isEmpty && isAlone)
    located.push({
      editIndex,
      match: { start: 0, end: 0, replacement: newText, splices: [{ start: 0, end: 0, text: newText }] },
    });
  else if (document.text === newText) skipped.push(isThereAlready(editIndex));
  else {
    const message = isEmpty
      ? "oldText is empty, so this block is the whole file. Send it as the only one."
      : "oldText is empty, which is only allowed for a file that is empty or not there.";
    failures.push(fail({ code: "NO_MATCH", editIndex, message }));
  }
}

function changesNothing(editIndex: number): SkippedEdit {
  return { code: "NO_CHANGE", editIndex, message: "oldText and newText are the same." };
}

function isThereAlready(editIndex: number): SkippedEdit {
  return { code: "ALREADY_APPLIED", editIndex, message: "newText is in the file: the change is there already." };
}

/** Two blocks that share characters, or that touch within a line: the result would depend on their order. */
function findOverlap({ document, located }: { document: TextDocument; located: Located[] }): EditFailure | null {
  const sorted = located.toSorted((a, b) => a.match.start - b.match.start);
  for (const [index, { editIndex, match }] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next === undefined || next.editIndex === editIndex) continue;
    const isTouching = next.match.start === match.end && document.text[match.end - 1] !== "\n";
    if (next.match.start < match.end || isTouching) {
      const line = lineAt(document, next.match.start) + 1;
      return fail({
        code: "OVERLAP",
        editIndex: Math.max(editIndex, next.editIndex),
        message: `Blocks ${Math.min(editIndex, next.editIndex) + 1} and ${Math.max(editIndex, next.editIndex) + 1} change the same text (line ${line}). Send them as one block.`,
      });
    }
  }
  return null;
}

function describeFailure({
  document,
  editIndex,
  edit,
  result,
}: {
  document: TextDocument;
  editIndex: number;
  edit: TextEdit;
  result: LocateResult;
}): EditFailure {
  if (result.status === "ambiguous") return describeAmbiguity({ document, editIndex, lines: result.lines });
  if (result.status === "uncertain")
    return fail({
      code: "NO_MATCH",
      editIndex,
      message: `oldText fits line ${result.line} only without its indentation or spelling, and it is not certain what newText is to be there. Send whole lines, each side exactly as the file has it, indentation included.`,
    });
  return describeAbsence({ document, editIndex, edit, outside: result.status === "absent" ? result.outside : [] });
}

function describeTwoReadings({ editIndex }: { editIndex: number }): EditFailure {
  return fail({
    code: "AMBIGUOUS",
    editIndex,
    message:
      "newText is in the file already, and oldText is only in what another block writes: it is not certain whether this block is to change that. Send both changes as one block.",
  });
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

function describeAbsence({
  document,
  editIndex,
  edit,
  outside,
}: {
  document: TextDocument;
  editIndex: number;
  edit: TextEdit;
  outside: number[];
}): EditFailure {
  const headings = edit.within?.join(" / ") ?? "";
  if (outside.length > 0) {
    const message = `oldText is in line ${outside[0]}, but not under ${JSON.stringify(headings)}.`;
    return { code: "NO_MATCH", editIndex, message, report: `${message} Send the heading that it is under, or none.` };
  }
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
