import picomatch from "picomatch";
import type { FilePath } from "#lib/contracts/ids.ts";

/**
 * Which paths an author may change: all, or those that a glob of `include` names; and never those that one of `locked`
 * names.
 */
export type ChangeScope = { include: readonly string[] | null; locked: readonly string[] };

export const wholeProject: ChangeScope = { include: null, locked: [] };

/** Why a path may not be changed, or null where it may. A glob that names a directory means all that is in it. */
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

function matchesAny({ path, globs }: { path: FilePath; globs: readonly string[] }): boolean {
  return (
    globs.length > 0 &&
    picomatch.isMatch(
      path,
      globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, "")}/**`]),
      { dot: true },
    )
  );
}

/** The glob that names this path and no other: `app/[id]/page.tsx` holds characters that globs read otherwise. */
export function toLiteralGlob(path: FilePath): string {
  return path.replace(/[\\*?[\]{}()!+@|^$]/g, "\\$&");
}
