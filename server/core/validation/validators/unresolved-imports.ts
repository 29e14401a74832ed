import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { SourceParser } from "../../syntax/source-parser.ts";
import { findMissingNames } from "../find-missing-names.ts";
import { listImports } from "../list-imports.ts";
import { isGeneratedFile } from "../loss/is-generated-file.ts";
import { quoteLine } from "../quote-line.ts";
import { listModulePaths, resolvePythonImport, resolveScriptImport, type ModulePaths } from "../resolve-import.ts";
import type { ChangedFile, Validator } from "../validator.ts";

/**
 * Imports of the project's own modules that match no file of the candidate. Strong if the change removed the module or
 * moved the importer; a warning if the import is new and its module never existed, or in a generated file. Also checks
 * unchanged files, because they may import a deleted module.
 */
export const unresolvedImports: Validator = {
  name: "unresolved-imports",
  applies: ({ changedFiles, deletedFiles }) => changedFiles.length > 0 || deletedFiles.length > 0,
  validate(input) {
    const { changedFiles, deletedFiles, untouchedFiles, leftOut, parent, tree, sourceParser } = input;
    const isModuleGone = deletedFiles.length > 0 || changedFiles.some(({ previousPath }) => previousPath !== undefined);
    const importers = untouchedFiles.map(({ path, text }): ImportingFile => ({ path, before: text, after: text }));
    const files = isModuleGone ? [...changedFiles, ...importers] : changedFiles.filter(mayAddImport);
    const names = findMissingNames(input);
    if (files.length === 0) return names;
    const added = leftOut.flatMap(({ path, before, proposed }) => (before === null && proposed !== null ? [path] : []));
    const inTree = listModulePaths(tree.keys());
    const known = listModulePaths([...parent.keys(), ...added]);
    return [...files.flatMap((file) => checkFile({ file, inTree, inParent: known, sourceParser })), ...names];
  },
};

/** A file whose new lines contain no import has the imports that it had, or fewer. */
function mayAddImport({ before, after }: ImportingFile): boolean {
  const known = new Set(before?.split("\n"));
  return after.split("\n").some((line) => /\b(?:import|require|from)\b/.test(line) && !known.has(line));
}

type ImportingFile = Pick<ChangedFile, "path" | "previousPath" | "before" | "after">;

type Target = { module: string; line: number };

function checkFile({
  file,
  inTree,
  inParent,
  sourceParser,
}: {
  file: ImportingFile;
  inTree: ModulePaths;
  inParent: ModulePaths;
  sourceParser: SourceParser;
}): ValidationIssue[] {
  const { path, previousPath = path, before, after } = file;
  const existed = (importer: string, module: string) => resolve({ importer, module, paths: inParent }) === "found";
  const missing = listTargets({ path, text: after, sourceParser }).filter(({ module, isCertain }) => {
    const now = resolve({ importer: path, module, paths: inTree });
    return now !== "found" && (existed(path, module) || (isCertain && now === "missing"));
  });
  if (missing.length === 0) return [];
  const known = new Set(
    before === null ? [] : listTargets({ path: previousPath, text: before, sourceParser }).map(({ module }) => module),
  );
  const reported = new Set<string>();
  // A generated file will be regenerated: it is stale and not broken.
  const isStale = isGeneratedFile({ path, text: before ?? after });
  return missing.flatMap(({ module, line }): ValidationIssue[] => {
    const wasFound = existed(path, module) || (known.has(module) && existed(previousPath, module));
    if (reported.has(module) || (known.has(module) && !wasFound)) return [];
    reported.add(module);
    return [
      {
        validator: "unresolved-imports",
        severity: !wasFound || isStale ? "warning" : "strong",
        path,
        line,
        message: wasFound
          ? `The file imports ${module}, which is deleted, moved or left out.`
          : `The file imports ${module}, which is no file of the project.`,
        excerpt: quoteLine({ text: after, line }),
      },
    ];
  });
}

/**
 * The modules that a text imports. A name imported from a Python package may be a module or a value of the package, so
 * it only counts (`isCertain` false) if the parent had such a module.
 */
function listTargets({
  path,
  text,
  sourceParser,
}: {
  path: string;
  text: string;
  sourceParser: SourceParser;
}): (Target & { isCertain: boolean })[] {
  return listImports({ path, text, sourceParser }).flatMap(({ specifier, names, line }) => [
    { module: specifier, line, isCertain: true },
    ...(/\.pyi?$/.test(path) ? names : []).map((name) => ({
      module: specifier.endsWith(".") ? specifier + name : `${specifier}.${name}`,
      line,
      isCertain: false,
    })),
  ]);
}

function resolve({
  importer,
  module,
  paths,
}: {
  importer: string;
  module: string;
  paths: ModulePaths;
}): "found" | "missing" | "outside" {
  return /\.pyi?$/.test(importer)
    ? resolvePythonImport({ importer, module, paths })
    : resolveScriptImport({ importer, specifier: module, paths });
}
