import { findPlanPaths, isNamedFile } from "#lib/contracts/runs/plan-paths.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseFilePath } from "../../file-path.ts";
import { findScopeRefusal, toLiteralGlob, type ChangeScope } from "./change-scope.ts";

/**
 * The files that an accepted plan may change: those that its steps name, by path or last segments, and whole folders
 * named with a trailing `/`. A name that matches no file is a new file. Paths outside the request's scope stay
 * excluded. Null if nothing remains.
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
      // Also allows new files in the folder, unless the request has its own scope: two globs cannot be intersected.
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

/** Folders named in a text, such as `prisma/migrations/`. */
function findFolders(step: string): string[] {
  return [...step.matchAll(/(?<![/:\w.])((?:[\w@.\-[\]()]+\/)+)(?![\w@.\-[\]()])/g)].map(([, folder = ""]) =>
    folder.replace(/^\.\//, ""),
  );
}
