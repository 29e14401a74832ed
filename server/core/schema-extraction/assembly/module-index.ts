import type { FilePath } from "#lib/contracts/ids.ts";
import { comparePaths } from "#server/core/file-tree.ts";

/** Resolves imports to files of the project. */
export interface ModuleIndex {
  /**
   * Resolves a Python module (`app.routers.tasks`, `..tasks`) or a script's specifier (`./tasks`, `@/server/tasks`).
   * The source root is unknown, so an absolute module matches any file whose path ends with it, and the nearest to the
   * importing file is chosen. Null if there is none.
   */
  find(reference: { module: string; fromPath: FilePath }): FilePath | null;
}

const scriptEndings = [".ts", ".tsx", ".mts", ".js", ".mjs", ".jsx", "/index.ts", "/index.tsx", "/index.js", ""];
const pythonEndings = [".py", "/__init__.py"];

export function buildModuleIndex(paths: Iterable<FilePath>): ModuleIndex {
  const known = new Set<string>();
  const byFileName = new Map<string, FilePath[]>();
  for (const path of [...paths].toSorted(comparePaths)) {
    known.add(path);
    const fileName = path.slice(path.lastIndexOf("/") + 1);
    const named = byFileName.get(fileName);
    if (named === undefined) byFileName.set(fileName, [path]);
    else named.push(path);
  }

  const findExact = (candidates: readonly string[]) =>
    (candidates.find((candidate) => known.has(candidate)) ?? null) as FilePath | null;
  const findBySuffix = ({ candidates, fromPath }: { candidates: readonly string[]; fromPath: FilePath }) => {
    const matching = candidates.flatMap((candidate) => {
      const named = byFileName.get(candidate.slice(candidate.lastIndexOf("/") + 1)) ?? [];
      return named.filter((path) => path === candidate || path.endsWith(`/${candidate}`));
    });
    const [nearest = null] = matching.toSorted(
      (a, b) =>
        countSharedFolders(b, fromPath) - countSharedFolders(a, fromPath) || a.length - b.length || comparePaths(a, b),
    );
    return nearest;
  };

  return {
    find({ module, fromPath }) {
      if (/\.pyi?$/.test(fromPath)) {
        const dots = /^\.*/.exec(module)?.[0].length ?? 0;
        const rest = module.slice(dots).replaceAll(".", "/");
        if (dots === 0) return findBySuffix({ candidates: pythonEndings.map((ending) => rest + ending), fromPath });
        const folder = fromPath.split("/").slice(0, -dots).join("/");
        const base = [folder, rest].filter((part) => part !== "").join("/");
        return findExact(
          rest === "" ? [`${base}/__init__.py`, "__init__.py"] : pythonEndings.map((ending) => base + ending),
        );
      }
      // "./tasks.js" in a TypeScript file refers to tasks.ts.
      const specifier = module.replace(/\.[mc]?js$/, "");
      if (specifier.startsWith("."))
        return findExact(
          scriptEndings.map((ending) => joinPath({ folder: fromPath.split("/").slice(0, -1), specifier }) + ending),
        );
      const unaliased = specifier.replace(/^(?:@\/|~\/|#\/?|[@~][\w-]*\/)/, "");
      return findBySuffix({ candidates: scriptEndings.map((ending) => unaliased + ending), fromPath });
    },
  };
}

function joinPath({ folder, specifier }: { folder: readonly string[]; specifier: string }): string {
  const segments = [...folder];
  for (const segment of specifier.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "." && segment !== "") segments.push(segment);
  }
  return segments.join("/");
}

function countSharedFolders(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  let count = 0;
  while (count < left.length && left[count] === right[count]) count += 1;
  return count;
}
