import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { findImportViolations } from "./imports/find-import-violations.ts";
import { findUnusedExports } from "./imports/find-unused-exports.ts";
import { readModule, type ReadModule } from "./imports/read-module.ts";

/** With fewer modules the checker reads the wrong folder: it must not pass by reading nothing. */
const minModules = 200;

/** Beyond this, a folder is divided into rooms. */
const maxFilesInFolder = 25;

const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
const roots = ["app", "bench", "components", "e2e", "lib", "scripts", "server"];

function readModules(): ReadModule[] {
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
  return [...paths, "proxy.ts"].map((path) =>
    readModule({ path, text: readFileSync(join(projectDir, path), "utf8"), parser }),
  );
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
const violations = [
  ...findImportViolations(modules),
  ...findUnusedExports(modules),
  ...findFullFolders(modules.map(({ path }) => path)),
];
for (const violation of violations) console.error(violation);
if (modules.length < minModules)
  console.error(`Only ${modules.length} modules were read; there are at least ${minModules}.`);
console.log(
  `${modules.length} modules, ${modules.reduce((sum, { imports }) => sum + imports.length, 0)} imports, ${violations.length} violations`,
);
process.exitCode = violations.length > 0 || modules.length < minModules ? 1 : 0;
