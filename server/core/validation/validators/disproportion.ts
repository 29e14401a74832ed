import { splitLines } from "../../diff/split-lines.ts";
import { analyzeLosses } from "../loss/analyze-losses.ts";
import { isGeneratedFile } from "../loss/is-generated-file.ts";
import { isShrinkingAskedFor } from "../is-shrinking-asked-for.ts";
import { measureMovedShare } from "../measure-moved-share.ts";
import type { Validator } from "../validator.ts";

/** Shorter files shrink for good reasons. */
const minParentLines = 20;
const doubtfulShare = 0.5;
/** The missing lines of a file that was split are nearly all in other files. */
const movedShare = 0.8;

/**
 * Edits that remove more than half of a file. An edit quotes what it removes, so this is only a weak sign: it holds a
 * run together with symbols that vanish without a request.
 */
export const disproportion: Validator = {
  name: "disproportion",
  applies: ({ changedFiles }) => changedFiles.some(({ before, cause }) => before !== null && cause === "edit"),
  validate: (input) =>
    input.changedFiles.flatMap((file) => {
      const { changedFiles, prompt } = input;
      if (file.before === null || file.cause !== "edit") return [];
      const parentLines = splitLines(file.before).length;
      const lines = splitLines(file.after).length;
      const explained = analyzeLosses(input).explained.get(file.path)?.size ?? 0;
      if (parentLines < minParentLines || lines / Math.max(1, parentLines - explained) >= doubtfulShare) return [];
      if (isGeneratedFile({ path: file.path, text: file.before })) return [];
      if (isShrinkingAskedFor({ file, prompt })) return [];
      if (measureMovedShare({ file, others: changedFiles }) >= movedShare) return [];
      return [
        {
          validator: "disproportion",
          severity: "weak" as const,
          path: file.path,
          message: `Edits took out ${parentLines - lines} of ${parentLines} lines, and you did not ask for that.`,
        },
      ];
    }),
};
