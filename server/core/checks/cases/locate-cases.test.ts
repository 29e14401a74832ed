import { expect, test } from "vitest";
import type { CaseResult } from "./case-result.ts";
import { locateCases } from "./locate-cases.ts";

const files = new Set(["frontend/src/a.test.ts", "my app/b.test.ts", "c.test.ts"]);
const locate = (command: string, ...paths: (string | undefined)[]) =>
  locateCases({
    command,
    hasFile: (path) => files.has(path),
    cases: paths.map((path): CaseResult => ({
      name: "a",
      status: "failed",
      message: "",
      ...(path === undefined ? {} : { path }),
    })),
  }).map(({ path }) => path);

test("a check of a folder reports the version's paths", () => {
  expect(locate("cd frontend && npm test", "src/a.test.ts", "frontend/src/a.test.ts")).toEqual([
    "frontend/src/a.test.ts",
    "frontend/src/a.test.ts",
  ]);
  expect(locate("cd 'my app' && npm test", "b.test.ts")).toEqual(["my app/b.test.ts"]);
});

test("a path that matches no file of the folder stays unchanged", () => {
  expect(locate("cd frontend && npm test", "c.test.ts", "node_modules/x.js", undefined)).toEqual([
    "c.test.ts",
    "node_modules/x.js",
    undefined,
  ]);
  expect(locate("npm test", "src/a.test.ts")).toEqual(["src/a.test.ts"]);
});
