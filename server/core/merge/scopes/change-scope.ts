import type { FilePath } from "#lib/contracts/ids.ts";
import { compileGlobs } from "#server/core/glob/compile-globs.ts";

/**
 * The paths that an author may change: all, or those that match a glob of `include`; never those that match one of
 * `locked`. The arrays must not be mutated.
 */
export type ChangeScope = { include: readonly string[] | null; locked: readonly string[] };

export const wholeProject: ChangeScope = { include: null, locked: [] };

/** Why a path may not be changed, or null if it may. A glob that matches a directory includes everything in it. */
export function findScopeRefusal({
  scope,
  path,
}: {
  scope: ChangeScope;
  path: FilePath;
}): "locked" | "not-included" | null {
  if (matchesAny({ path, globs: scope.locked })) return "locked";
  return scope.include !== null && !matchesAny({ path, globs: scope.include }) ? "not-included" : null;
}

/** Compiled once per scope, because one scope is checked for every path of a project. */
const compiled = new WeakMap<readonly string[], (path: string) => boolean>();

function matchesAny({ path, globs }: { path: FilePath; globs: readonly string[] }): boolean {
  const test = compiled.get(globs) ?? compileGlobs(globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, "")}/**`]));
  compiled.set(globs, test);
  return test(path);
}

/** The glob that matches only this path: `app/[id]/page.tsx` contains glob characters that must be escaped. */
export function toLiteralGlob(path: FilePath): string {
  return path.replace(/[\\*?[\]{}()!+@|^$]/g, "\\$&");
}
