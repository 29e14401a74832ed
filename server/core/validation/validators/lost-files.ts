import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import {
  isFolderTidyingAskedFor,
  isRemovalAskedFor,
  isRemovalAskedForInWords,
  isRemovalOfDeprecatedAskedFor,
  isTidyingAskedFor,
} from "../is-removal-asked-for.ts";
import { analyzeLosses, isUnusedPrivate, type LossReport, type LostDeclaration } from "../loss/analyze-losses.ts";
import { isMentionDropped } from "../loss/is-mention-dropped.ts";
import { listImports } from "../list-imports.ts";
import { locateModules } from "../locate-module.ts";
import { isGeneratedFile } from "../loss/is-generated-file.ts";
import { listLabels } from "../loss/list-labels.ts";
import { isTestFile, nameFile } from "../loss/name-file.ts";
import { measureMovedShare } from "../measure-moved-share.ts";
import type { DeletedFile, ValidationInput, Validator } from "../validator.ts";

/** If this share of a file is elsewhere in the change, it was moved, whatever the operation is called. */
const movedShare = 0.6;
/** Fewer significant lines are quickly rewritten. */
const weightyLines = 4;

/** Files deleted without a request, and a project that would have no files left. */
export const lostFiles: Validator = {
  name: "lost-files",
  applies: ({ deletedFiles, parent, tree }) => deletedFiles.length > 0 || (tree.size === 0 && parent.size > 0),
  validate: (input) => [
    ...checkEmptyProject(input),
    ...input.deletedFiles.flatMap((file) => checkFile({ file, input })),
  ],
};

/** The tests of a file that is also deleted, by name or by their imports. */
function isTestOfDeleted({ file: { path, before }, input }: { file: DeletedFile; input: ValidationInput }): boolean {
  if (!isTestFile(path)) return false;
  const subjects = new Set(nameFile(path));
  const others = input.deletedFiles.filter((other) => other.path !== path && !isTestFile(other.path));
  if (others.some((other) => subjects.has(readStem(other.path)))) return true;
  const paths = others.map((other) => other.path);
  return listImports({ path, text: before, sourceParser: input.sourceParser }).some(
    (imported) => locateModules({ importer: path, imported, paths }).length > 0,
  );
}

/**
 * A new file tests the same subject, which the prompt names, and at least as much of it: `OSGiManifestIT` for
 * `OSGiTest`.
 */
function isTestWrittenAnew({ file: { path, before }, input }: { file: DeletedFile; input: ValidationInput }): boolean {
  const subject = readStem(path)
    .replace(/^(?:test|tests|spec)[_-]|(?:[._-]?(?:tests?|spec|it))$/gi, "")
    .toLowerCase();
  if (!isTestFile(path) || subject.length < 4 || !input.prompt.toLowerCase().includes(subject)) return false;
  return input.changedFiles.some(
    (other) =>
      other.before === null &&
      isTestFile(other.path) &&
      readStem(other.path).toLowerCase().includes(subject) &&
      other.after.length >= before.length,
  );
}

function readStem(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
}

/**
 * True if users of the file were changed to work without it, and nothing that remains uses anything of it. In Go the
 * files of a package count together. Routes and data are never released.
 */
function isLetGo({ path, found, lost }: { path: string; found: readonly LostDeclaration[]; lost: LossReport["lost"] }) {
  const mayGo = ({ use, declaration: { kind, isData } }: LostDeclaration) =>
    use === "let-go" || (use === "never-used" && !isData && (kind === "symbol" || kind === "member"));
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const isOfPackage = (other: string) => other.startsWith(folder) && !other.slice(folder.length).includes("/");
  const together = path.endsWith(".go")
    ? [...lost].flatMap(([other, declarations]) => (isOfPackage(other) ? declarations : []))
    : found;
  return found.every(mayGo) && together.some(({ use }) => use === "let-go") && !isTestFile(path);
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
  if (isRemovalOfDeprecatedAskedFor(prompt) && /deprecat/i.test(before)) return [];
  const { lost, movedOn } = analyzeLosses(input);
  const found = (lost.get(path) ?? []).filter((each) => !isUnusedPrivate(each));
  if (found.length === 0 && movedOn.has(path)) return [];
  const mayTidy = isTidyingAskedFor(prompt) || isFolderTidyingAskedFor({ prompt, path });
  if (mayTidy && found.every(({ use }) => use !== "still-used")) return [];
  if (found.length === 0 && measureMovedShare({ file, others: input.changedFiles }) >= movedShare) return [];
  const isGoneWithOthers =
    isTestOfDeleted({ file, input }) || isTestWrittenAnew({ file, input }) || isLetGo({ path, found, lost });
  const missed = isGoneWithOthers ? [] : found.filter(({ use }) => use !== "let-go");
  const isWeighty = missed.length > 0 || (found.length === 0 && lines.length >= weightyLines);
  const isTold = isGoneWithOthers || (found.length > 0 ? missed.length === 0 : isMentionDropped({ file, input }));
  const severity = isTold ? "warning" : isWeighty ? "strong" : "weak";
  const named = found.map(({ declaration }) => declaration.label);
  const content = named.length === 0 ? `${lines.length} lines` : listLabels(named);
  const message = `The file is deleted (${content}), and you did not ask for it.`;
  return [{ validator: "lost-files", severity, path, message }];
}
