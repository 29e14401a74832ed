import type { FilePath } from "#lib/contracts/ids.ts";
import { compileGlobs } from "#server/core/glob/compile-globs.ts";

/**
 * Which paths an author may change: all, or those that a glob of `include` matches; and never those that one of
 * `locked` matches. The arrays are not changed once they are here.
 */
export type ChangeScope = { include: readonly string[] | null; locked: readonly string[] };

export const wholeProject: ChangeScope = { include: null, locked: [] };

/** Why a path may not be changed, or null where it may. A glob that matches a directory includes all that is in it. */
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

/** One scope is asked about every path of a project. */
const compiled = new WeakMap<readonly string[], (path: string) => boolean>();

function matchesAny({ path, globs }: { path: FilePath; globs: readonly string[] }): boolean {
  const test = compiled.get(globs) ?? compileGlobs(globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, "")}/**`]));
  compiled.set(globs, test);
  return test(path);
}

/** The glob that names this path and no other: `app/[id]/page.tsx` holds characters that globs read otherwise. */
export function toLiteralGlob(path: FilePath): string {
  return path.replace(/[\\*?[\]{}()!+@|^$]/g, "\\$&");
}
