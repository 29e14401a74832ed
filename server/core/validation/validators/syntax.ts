import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { findCheckedLanguage, findSyntaxFaults } from "../syntax-faults/find-syntax-faults.ts";
import type { SourceParser } from "../../syntax/source-parser.ts";
import type { SyntaxFault } from "../syntax-faults/syntax-fault.ts";
import { blankTemplateMarks, hasTemplateMarks, isTemplateFile } from "../syntax-faults/template-marks.ts";
import { isSampleFile } from "../is-sample-file.ts";
import { quoteLine } from "../quote-line.ts";
import type { ChangedFile, Validator } from "../validator.ts";

/** The first errors of a file lead to the cause; the rest mostly follow from them. */
const maxIssuesPerFile = 3;

/**
 * Syntax errors that the candidate adds. A file that was broken in the parent may stay equally broken. If it has more
 * errors than before, those on lines that had none are reported.
 */
export const syntax: Validator = {
  name: "syntax",
  applies: ({ changedFiles }) =>
    changedFiles.some(({ path, before, after }) => before !== after && findCheckedLanguage(path) !== null),
  validate: ({ changedFiles, sourceParser, tree }) =>
    changedFiles.flatMap((original) => {
      if (original.before === original.after) return [];
      const found = findFaults({ file: original, sourceParser });
      if (found.faults.length === 0) return [];
      const isTemplate =
        hasTemplateMarks(original.after) &&
        isTemplateFile({ path: original.path, before: original.before, paths: tree.keys() });
      const file = isTemplate
        ? {
            ...original,
            before: original.before === null ? null : blankTemplateMarks(original.before),
            after: blankTemplateMarks(original.after),
          }
        : original;
      const { faults, known } = isTemplate ? findFaults({ file, sourceParser }) : found;
      // Alternative branches of a template follow one another in its text, which no grammar supports.
      if (isTemplate && known.length > 0) return [];
      return selectNewFaults({ file, faults, known })
        .slice(0, maxIssuesPerFile)
        .map((fault) => describe({ file, fault, wasValid: file.before !== null && known.length === 0 }));
    }),
};

function findFaults({ file, sourceParser }: { file: ChangedFile; sourceParser: SourceParser }): {
  faults: SyntaxFault[];
  known: SyntaxFault[];
} {
  const faults = findSyntaxFaults({ path: file.path, text: file.after, sourceParser });
  const known =
    faults.length === 0 || file.before === null
      ? []
      : findSyntaxFaults({ path: file.previousPath ?? file.path, text: file.before, sourceParser });
  return { faults, known };
}

function selectNewFaults({
  file,
  faults,
  known,
}: {
  file: ChangedFile;
  faults: SyntaxFault[];
  known: SyntaxFault[];
}): SyntaxFault[] {
  if (faults.length <= known.length) return [];
  const knownLines = new Set(known.map(({ line }) => quoteLine({ text: file.before ?? "", line })));
  const unknown = faults.filter(({ line }) => !knownLines.has(quoteLine({ text: file.after, line })));
  return unknown.length > 0 ? unknown : faults;
}

function describe({
  file,
  fault,
  wasValid,
}: {
  file: ChangedFile;
  fault: SyntaxFault;
  wasValid: boolean;
}): ValidationIssue {
  const excerpt = quoteLine({ text: file.after, line: fault.line });
  return {
    validator: "syntax",
    severity: file.before === null && isSampleFile(file.path) ? "warning" : "error",
    path: file.path,
    line: fault.line,
    message: `The file is ${wasValid ? "no longer" : "not"} valid ${findCheckedLanguage(file.path) ?? "source"}: ${fault.problem}.`,
    ...(excerpt === "" ? {} : { excerpt }),
  };
}
