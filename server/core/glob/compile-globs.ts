import { limits } from "#lib/contracts/limits.ts";
import { GlobAutomaton } from "./glob-automaton.ts";
import { parseGlob } from "./parse-glob.ts";

/**
 * A predicate: does a path match any of the globs? Names that begin with a dot match like others. Globs come from
 * models and users, so for every glob the time is bounded by the product of the lengths, and nothing throws. A path
 * that is spelled like a glob matches it. A glob longer than `limits.globCharacters` only matches its own spelling.
 */
export function compileGlobs(globs: readonly string[]): (path: string) => boolean {
  const tests = globs.map(compileGlob);
  return (path) => tests.some((test) => test(path));
}

function compileGlob(glob: string): (path: string) => boolean {
  if (glob.length > limits.globCharacters) return (path) => path === glob;
  const [bangs = ""] = /^!*(?!\()/.exec(glob) ?? [];
  const isNegated = bangs.length % 2 === 1;
  const automaton = new GlobAutomaton(parseGlob(glob.slice(bangs.length).replace(/^(\.\/)+/, "")));
  return (path) => path === glob || automaton.matches(path) !== isNegated;
}
