import { compileGlobs } from "#server/core/glob/compile-globs.ts";

/** A test for the paths that a tool's optional glob asks for. */
export function toPathTest(glob: string | undefined): (path: string) => boolean {
  return glob === undefined ? () => true : compileGlobs([glob]);
}
