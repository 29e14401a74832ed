import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { listDeclarations } from "./declarations/list-declarations.ts";
import { listImports } from "./list-imports.ts";
import { locateModules } from "./locate-module.ts";
import { quoteLine } from "./quote-line.ts";
import type { ValidationInput } from "./validator.ts";

/** A module in the result, and the names that it has in the parent or the proposal. */
type Module = { path: FilePath; names: ReadonlySet<string> };

/**
 * Imports of a name that the module no longer has, or only has in the rejected version. A name that still occurs
 * anywhere in the module's text, for example re-exported, is not reported.
 */
export function findMissingNames({
  changedFiles,
  untouchedFiles,
  leftOut,
  sourceParser,
}: ValidationInput): ValidationIssue[] {
  const modules = [
    ...changedFiles.flatMap(({ path, before, after }) => toModule({ path, now: after, other: before })),
    ...leftOut.flatMap(({ path, before, proposed }) => toModule({ path, now: before, other: proposed })),
  ];
  const paths = modules.map(({ path }) => path);
  if (paths.length === 0) return [];
  const importers = [...changedFiles.map(({ path, after }) => ({ path, text: after })), ...untouchedFiles];
  return importers.flatMap(({ path, text }) => {
    if (!modules.some(({ names }) => [...names].some((name) => text.includes(name)))) return [];
    return listImports({ path, text, sourceParser }).flatMap((imported): ValidationIssue[] => {
      const targets = locateModules({ importer: path, imported: { ...imported, names: [] }, paths });
      const module = modules.find((each) => targets.includes(each.path) && each.path !== path);
      const missing = imported.names.filter((name) => module?.names.has(name) === true);
      if (module === undefined || missing.length === 0) return [];
      return [
        {
          validator: "unresolved-imports",
          severity: "strong",
          path,
          line: imported.line,
          message: `The file imports ${missing.join(", ")} from ${module.path}, which does not have it.`,
          excerpt: quoteLine({ text, line: imported.line }),
        },
      ];
    });
  });

  function toModule({ path, now, other }: { path: FilePath; now: string | null; other: string | null }): Module[] {
    if (now === null || other === null || now === other) return [];
    const words = new Set(now.match(/[\p{L}_$][\p{L}\d_$]*/gu));
    // The names behind `export *` of another module are unknown here.
    if (/^\s*export\s*\*|^\s*from\s+\S+\s+import\s+\*/m.test(now)) return [];
    const names = listDeclarations({ path, text: other, sourceParser }).flatMap(({ kind, name }) =>
      kind === "symbol" && !words.has(name) ? [name] : [],
    );
    return names.length === 0 ? [] : [{ path, names: new Set(names) }];
  }
}
