import type { ValidationIssue } from "#lib/contracts/validation.ts";
import { splitLines } from "../../diff/split-lines.ts";
import { findLostDeclarations } from "../find-lost-declarations.ts";
import { measureMovedShare } from "../measure-moved-share.ts";
import type { ChangedFile, ValidationInput, Validator } from "../validator.ts";

/** Shorter files shrink for good reasons. */
const minParentLines = 20;
/** Of modified files in real histories, 1.0 % fall under half of their lines. */
const doubtfulShare = 0.5;
/** Over 30 % gone is a sign only together with something that was declared there. */
const suspiciousShare = 0.7;
/** Whatever else is said, four fifths of a file do not go by the way. */
const hopelessShare = 0.2;
/** A file that was split over others has nearly all of its missing lines there. */
const movedShare = 0.8;

/** Whole-file writes that leave much less than there was: the usual end of a file that a model rewrote from memory. */
export const shrink: Validator = {
  name: "shrink",
  applies: ({ changedFiles }) => changedFiles.some(({ before, cause }) => before !== null && cause === "write"),
  validate: (input) => input.changedFiles.flatMap((file) => checkFile({ file, input })),
};

function checkFile({ file, input }: { file: ChangedFile; input: ValidationInput }): ValidationIssue[] {
  if (file.before === null || file.cause !== "write") return [];
  const parentLines = splitLines(file.before).length;
  const lines = splitLines(file.after).length;
  const share = lines / parentLines;
  if (parentLines < minParentLines || share >= suspiciousShare) return [];
  const issue = (detail: string): ValidationIssue[] => [
    {
      validator: "shrink",
      severity: "strong",
      path: file.path,
      message: `The file was written anew with ${lines} of ${parentLines} lines${detail}.`,
    },
  ];
  if (share < hopelessShare) return issue("");
  if (share < doubtfulShare)
    return measureMovedShare({ file, others: input.changedFiles }) >= movedShare ? [] : issue("");
  const lost = findLostDeclarations({ file, input }).filter(({ kind }) => kind === "symbol" || kind === "route");
  return lost.length === 0
    ? []
    : issue(
        `, and without ${lost
          .slice(0, 5)
          .map(({ label }) => label)
          .join(", ")}`,
      );
}
