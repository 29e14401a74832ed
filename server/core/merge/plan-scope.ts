import { findPlanPaths, isNamedFile } from "#lib/contracts/runs/plan-paths.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseFilePath } from "../file-path.ts";
import { findScopeRefusal, toLiteralGlob, type ChangeScope } from "./change-scope.ts";

/**
 * The files that an accepted plan may change: those that its steps name, by their path or by its last folders, and
 * whole folders that a step names with a `/` behind them. A name that no file has is a file to be made. What the scope
 * of the request leaves out stays out. Null where nothing is left.
 */
export function planScope({
  steps,
  paths,
  scope,
}: {
  steps: readonly string[];
  paths: Iterable<FilePath>;
  scope: ChangeScope;
}): ChangeScope | null {
  const all = [...paths];
  const files = new Set<FilePath>();
  const folders = new Set<string>();
  for (const step of steps) {
    for (const named of findPlanPaths(step)) {
      const found = all.filter((path) => isNamedFile({ named, path }));
      if (found.length > 0) for (const path of found) files.add(path);
      else {
        const parsed = parseFilePath(named);
        if (parsed.status === "valid") files.add(parsed.path);
      }
    }
    for (const folder of findFolders(step)) {
      const inside = all.filter((path) => path.startsWith(folder));
      for (const path of inside) files.add(path);
      // New files of it are allowed as well, unless the request has a limit of its own: two globs have no common part.
      if (inside.length > 0 && scope.include === null) folders.add(folder);
    }
  }
  const allowed = [...files].filter((path) => findScopeRefusal({ scope, path }) === null);
  const include = [
    ...allowed.map(toLiteralGlob),
    ...[...folders].map((folder) => `${toLiteralGlob(folder as FilePath)}**`),
  ];
  return include.length === 0 ? null : { include, locked: scope.locked };
}

/** Folders of a text, such as `prisma/migrations/`. */
function findFolders(step: string): string[] {
  return [...step.matchAll(/(?<![/:\w.])((?:[\w@.\-[\]()]+\/)+)(?![\w@.\-[\]()])/g)].map(([, folder = ""]) =>
    folder.replace(/^\.\//, ""),
  );
}
