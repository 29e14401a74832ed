import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { OperationFailure } from "../change-set/operation-failure.ts";
import { withheldMark } from "./secret-mask.ts";

/**
 * Why a model's operation may not be applied to a file with a withheld secret; null if it may. A text with the mask
 * would overwrite the secret with it, and a whole write would drop what the model was not shown.
 */
export function refuseWithheld({
  operation,
  path,
  operationIndex,
  withheld,
}: {
  operation: ChangeOperation;
  /** The file that the operation refers to. */
  path: string;
  operationIndex: number;
  /** The current paths of files with withheld secrets. */
  withheld: ReadonlySet<string>;
}): OperationFailure | null {
  if (operation.type === "delete" || operation.type === "move") return null;
  const failure = { code: "WITHHELD" as const, path, operationIndex };
  if (operation.type === "write" && withheld.has(path)) {
    return {
      ...failure,
      message: `${path} holds a secret that the model was not shown, so it may not write the whole file. Allow the file, or ask for an edit of it.`,
      report: `${path} holds a secret that you are not shown, so it cannot be written whole. Use edits of other lines.`,
    };
  }
  const texts =
    operation.type === "write"
      ? [operation.content]
      : operation.edits.flatMap(({ oldText, newText }) => [oldText, newText]);
  if (!texts.some((text) => text.includes(withheldMark))) return null;
  return {
    ...failure,
    message: `A change of ${path} has the mark that stands for a withheld secret, so it was not applied: the secret would be lost.`,
    report: `${withheldMark} stands for a secret that you are not shown; it is not in the file. Leave the lines with it out of oldText, newText and content.`,
  };
}
