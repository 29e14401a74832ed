import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { findImportViolations } from "./find-import-violations.ts";
import type { ModuleImports } from "./find-import-violations.ts";

/** Fewer modules than this, and the checker is looking at the wrong place: it must not pass by reading nothing. */
const minModules = 200;

const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
const roots = ["app", "bench", "components", "e2e", "lib", "scripts", "server"];

function readModules(): ModuleImports[] {
  const paths = roots.flatMap((root) =>
    readdirSync(join(projectDir, root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name) && !/__fixtures__|prisma-client/.test(entry.parentPath))
      .map((entry) => relative(projectDir, join(entry.parentPath, entry.name))),
  );
  return [...paths, "proxy.ts"].map((path) => ({ path, imports: readImports(path) }));
}

/** Specifiers of static, type-only and dynamic imports and of re-exports, each as a path of the project or a package name. */
function readImports(path: string): { target: string; isType: boolean }[] {
  const text = readFileSync(join(projectDir, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const pattern = /(?:^|[;\n])\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;
  return [...text.matchAll(pattern)].map(([, type, fromStatic, fromDynamic]) => ({ target: resolveTarget({ path, specifier: fromStatic ?? fromDynamic ?? "" }), isType: type !== undefined }));
}

function resolveTarget({ path, specifier }: { path: string; specifier: string }): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? normalize(join(dirname(path), specifier)) : specifier;
}

const modules = readModules();
const violations = findImportViolations(modules);
for (const violation of violations) console.error(violation);
if (modules.length < minModules) console.error(`Only ${modules.length} modules were read; there are at least ${minModules}.`);
console.log(`${modules.length} modules, ${modules.reduce((sum, { imports }) => sum + imports.length, 0)} imports, ${violations.length} violations`);
process.exitCode = violations.length > 0 || modules.length < minModules ? 1 : 0;
