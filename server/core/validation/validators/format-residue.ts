import { findFormatResidue, type FormatResidue } from "../residue/find-format-residue.ts";
import { isSampleFile } from "../is-sample-file.ts";
import { quoteLine } from "../quote-line.ts";
import { findCheckedLanguage, findSyntaxFaults } from "../syntax-faults/find-syntax-faults.ts";
import type { ChangedFile, ValidationInput, Validator } from "../validator.ts";

const texts: Readonly<Record<FormatResidue["form"], { message: string; forModel: string }>> = {
  fence: {
    message: "The file is wrapped in a code fence, which is not part of it.",
    forModel: "The content starts or ends with the marks of a code fence. Send the file's own text without them.",
  },
  diff: {
    message: "The file would hold a diff instead of its text.",
    forModel: "The content is a diff. Send the whole text of the file, or change its lines with an edit.",
  },
  "line numbers": {
    message: "Each line would start with its line number.",
    forModel: "The lines start with line numbers. Send the text without them.",
  },
  markers: {
    message: "The file would hold markers of a conflict or of an edit.",
    forModel:
      "The content has markers of a conflict or of a search/replace block. Send the finished text without them.",
  },
  envelope: {
    message: "The file would hold lines of the answer's form, not of its own.",
    forModel:
      "The content has lines of a patch or of the form in which files are shown. Send the finished text without them.",
  },
  escapes: {
    message: "The file would be one line, with its line endings written as \\n.",
    forModel: "The content has \\n where its lines end. Send it with real line endings.",
  },
};

/** The answer's format in a file's content, in every language. */
export const formatResidue: Validator = {
  name: "format-residue",
  applies: ({ changedFiles }) => changedFiles.some(({ before, after }) => before !== after),
  validate: (input) =>
    input.changedFiles.flatMap((file) => {
      if (file.before === file.after) return [];
      const residue = findFormatResidue(file);
      if (residue === null || isQuoted({ file, residue, input })) return [];
      return [
        {
          validator: "format-residue",
          severity: file.before === null && isSampleFile(file.path) ? ("warning" as const) : ("error" as const),
          path: file.path,
          line: residue.line,
          ...texts[residue.form],
          excerpt: quoteLine({ text: file.after, line: residue.line }),
        },
      ];
    }),
};

const grammarLanguages: ReadonlySet<string> = new Set(["Python", "TypeScript", "JavaScript", "JSON", "TOML"]);

/** Markers in a program that is still valid are inside a string of a program about markers. */
function isQuoted({
  file,
  residue,
  input,
}: {
  file: ChangedFile;
  residue: FormatResidue;
  input: ValidationInput;
}): boolean {
  if (residue.form !== "markers" && residue.form !== "envelope") return false;
  return (
    grammarLanguages.has(findCheckedLanguage(file.path) ?? "") &&
    findSyntaxFaults({ path: file.path, text: file.after, sourceParser: input.sourceParser }).length === 0
  );
}
