import { expect, it } from "vitest";
import { parseScopeGlobs } from "./scope-globs.ts";

it.each([
  ["", []],
  ["  \n , ", []],
  ["app/**", ["app/**"]],
  ["app/**, tests/*.py", ["app/**", "tests/*.py"]],
  ["app/**\ntests/*.py\n", ["app/**", "tests/*.py"]],
  ["src/**/*.{ts,tsx}, docs/*", ["src/**/*.{ts,tsx}", "docs/*"]],
  ["a, a", ["a"]],
  ["src/{a,b\nc, d", ["src/{a,b", "c", "d"]],
])("reads %j as %j", (text, globs) => {
  expect(parseScopeGlobs(text)).toEqual(globs);
});
