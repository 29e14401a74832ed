import { compileGlobs } from "#server/core/glob/compile-globs.ts";

/** A predicate for the paths that a tool's optional glob selects. */
export function toPathTest(glob: string | undefined): (path: string) => boolean {
  return glob === undefined ? () => true : compileGlobs([glob]);
}
