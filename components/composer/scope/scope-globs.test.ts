import { expect, it } from "vitest";
import { addToScope, parseScopeGlobs, removeFromScope, toScopeGlob } from "./scope-globs.ts";

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

it("adds the path of a row as one glob, whatever its name, and only once", () => {
  expect(toScopeGlob({ path: "app/[id]", isFolder: true })).toBe("app/[id]/**");
  expect(parseScopeGlobs(toScopeGlob({ path: "!a,{b.ts", isFolder: false }))).toEqual(["?a??b.ts"]);
  const text = addToScope({ text: "app/**", glob: "a.ts" });
  expect(text).toBe("app/**, a.ts");
  expect(addToScope({ text, glob: "a.ts" })).toBe(text);
  expect(removeFromScope({ text, glob: "app/**" })).toBe("a.ts");
});
