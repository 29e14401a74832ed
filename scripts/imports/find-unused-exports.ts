import { testModules } from "./find-import-violations.ts";
import type { ReadModule } from "./read-module.ts";

/** Modules whose exports are read by their names, without an import. */
const readByName = [
  // Next.js reads what its entry files export.
  /^app\/(.+\/)?(page|layout|error|not-found|route)\.tsx?$/,
  /^proxy\.ts$/,
  // Vitest calls it before a project's tests.
  /^server\/testing\/vitest-database\.ts$/,
];

/**
 * A sentence for each export that no other module uses. Tests and measurements do not count as users of the product: an
 * export for them alone opens a module to what its callers must not need.
 */
export function findUnusedExports(modules: readonly ReadModule[]): string[] {
  const used = new Set<string>();
  const usedByProduct = new Set<string>();
  for (const { path, imports } of modules)
    for (const { target, names } of imports)
      for (const name of names) {
        used.add(`${target} ${name}`);
        if (isProduct(path)) usedByProduct.add(`${target} ${name}`);
      }
  return modules
    .filter(({ path }) => !readByName.some((pattern) => pattern.test(path)))
    .flatMap(({ path, exports }) =>
      exports.flatMap((name) => {
        const isIn = (users: ReadonlySet<string>) => users.has(`${path} ${name}`) || users.has(`${path} *`);
        if (!isIn(used)) return [`${path} exports ${name}, which no other module uses: drop the export.`];
        return isProduct(path) && !isIn(usedByProduct)
          ? [
              `${path} exports ${name} for tests alone: test it through what uses it, move it to a module of its own that the product imports, or to a testing folder.`,
            ]
          : [];
      }),
    );
}

function isProduct(path: string): boolean {
  return !testModules.test(path) && !/^(e2e|bench)\//.test(path);
}
