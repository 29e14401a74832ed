import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { findImportViolations, type ModuleImports } from "./find-import-violations.ts";

/** With fewer modules the checker reads the wrong folder: it must not pass by reading nothing. */
const minModules = 200;

/** Beyond this, a folder is divided into rooms. */
const maxFilesInFolder = 25;

const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
const roots = ["app", "bench", "components", "e2e", "lib", "scripts", "server"];

function readModules(): ModuleImports[] {
  const paths = roots.flatMap((root) =>
    readdirSync(join(projectDir, root), { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() &&
          /\.(ts|tsx)$/.test(entry.name) &&
          !/__fixtures__|prisma-client|node_modules/.test(entry.parentPath),
      )
      .map((entry) => relative(projectDir, join(entry.parentPath, entry.name))),
  );
  return [...paths, "proxy.ts"].map((path) => ({ path, imports: readImports(path) }));
}

/**
 * The specifiers of static, type-only and dynamic imports and of re-exports, each as a project path or a package name.
 */
function readImports(path: string): { target: string; isType: boolean }[] {
  const text = readFileSync(join(projectDir, path), "utf8");
  return parser.withTree({ language: path.endsWith("x") ? "tsx" : "typescript", text }, (root) => {
    const statements = root.descendantsOfType(["import_statement", "export_statement"]).flatMap((node) => {
      const source = node?.childForFieldName("source");
      return node === null || source === null || source === undefined
        ? []
        : [{ specifier: unquote(source.text), isType: node.child(1)?.type === "type" }];
    });
    const calls = root.descendantsOfType("call_expression").flatMap((node) => {
      const [argument] = node?.childForFieldName("arguments")?.namedChildren ?? [];
      return node?.childForFieldName("function")?.type === "import" && argument?.type === "string"
        ? [{ specifier: unquote(argument.text), isType: false }]
        : [];
    });
    return [...statements, ...calls].map(({ specifier, isType }) => ({
      target: resolveTarget({ path, specifier }),
      isType,
    }));
  });
}

function unquote(literal: string): string {
  return literal.slice(1, -1);
}

function resolveTarget({ path, specifier }: { path: string; specifier: string }): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? normalize(join(dirname(path), specifier)) : specifier;
}

function findFullFolders(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > maxFilesInFolder)
    .map(([folder, count]) => `${folder} has ${count} files, and at most ${maxFilesInFolder} stand in one folder`);
}

const parser = await loadSourceParser();
const modules = readModules();
const violations = [...findImportViolations(modules), ...findFullFolders(modules.map(({ path }) => path))];
for (const violation of violations) console.error(violation);
if (modules.length < minModules)
  console.error(`Only ${modules.length} modules were read; there are at least ${minModules}.`);
console.log(
  `${modules.length} modules, ${modules.reduce((sum, { imports }) => sum + imports.length, 0)} imports, ${violations.length} violations`,
);
process.exitCode = violations.length > 0 || modules.length < minModules ? 1 : 0;
