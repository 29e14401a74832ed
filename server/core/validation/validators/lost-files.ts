import type { ValidationIssue } from "#lib/contracts/validation.ts";
import { isRemovalAskedFor, isRemovalAskedForInWords, isTidyingAskedFor } from "../is-removal-asked-for.ts";
import { analyzeLosses, isUnusedPrivate } from "../loss/analyze-losses.ts";
import { isMentionDropped } from "../loss/is-mention-dropped.ts";
import { isGeneratedFile } from "../loss/is-generated-file.ts";
import { listLabels } from "../loss/list-labels.ts";
import { isTestFile, nameFile } from "../loss/name-file.ts";
import { measureMovedShare } from "../measure-moved-share.ts";
import type { DeletedFile, ValidationInput, Validator } from "../validator.ts";

/** A file of which this much stands elsewhere in the change was moved, whatever the operation was called. */
const movedShare = 0.6;
/** Fewer lines that say something are quickly written again. */
const weightyLines = 4;

/** Files that are deleted unasked, and a project that would be left without any file. */
export const lostFiles: Validator = {
  name: "lost-files",
  applies: ({ deletedFiles, parent, tree }) => deletedFiles.length > 0 || (tree.size === 0 && parent.size > 0),
  validate: (input) => [
    ...checkEmptyProject(input),
    ...input.deletedFiles.flatMap((file) => checkFile({ file, input })),
  ],
};

/** The tests of a file that is deleted as well go with it. */
function isTestOfDeleted({ path, input }: { path: string; input: ValidationInput }): boolean {
  const subjects = new Set(nameFile(path));
  const [own] = nameFile(path);
  return (
    isTestFile(path) &&
    input.deletedFiles.some(
      (other) =>
        other.path !== own && subjects.has(other.path.slice(other.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "")),
    )
  );
}

function checkEmptyProject({ tree, parent }: ValidationInput): ValidationIssue[] {
  const [path] = parent.keys();
  return tree.size > 0 || path === undefined
    ? []
    : [
        {
          validator: "lost-files",
          severity: "strong",
          path,
          message: `All ${parent.size} files are gone: nothing of the project is left.`,
        },
      ];
}

function checkFile({ file, input }: { file: DeletedFile; input: ValidationInput }): ValidationIssue[] {
  const { path, before } = file;
  const lines = before.split("\n").filter((line) => /[\p{L}\d]/u.test(line));
  if (lines.length === 0 || isGeneratedFile({ path, text: before })) return [];
  const { prompt } = input;
  const asked = { prompt, names: nameFile(path) };
  if (isRemovalAskedFor(asked) || isRemovalAskedForInWords(asked)) return [];
  const { lost, movedOn } = analyzeLosses(input);
  const found = (lost.get(path) ?? []).filter((each) => !isUnusedPrivate(each));
  if (found.length === 0 && movedOn.has(path)) return [];
  if (isTidyingAskedFor(prompt) && found.every(({ use }) => use !== "still-used")) return [];
  if (found.length === 0 && measureMovedShare({ file, others: input.changedFiles }) >= movedShare) return [];
  const missed = isTestOfDeleted({ path, input }) ? [] : found.filter(({ use }) => use !== "let-go");
  const isWeighty = missed.length > 0 || (found.length === 0 && lines.length >= weightyLines);
  const isLetGo = found.length > 0 ? missed.length === 0 : isMentionDropped({ file, input });
  const severity = isLetGo ? "warning" : isWeighty ? "strong" : "weak";
  const named = found.map(({ declaration }) => declaration.label);
  const content = named.length === 0 ? `${lines.length} lines` : listLabels(named);
  const message = `The file is deleted (${content}), and you did not ask for it.`;
  return [{ validator: "lost-files", severity, path, message }];
}
