import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findScopeRefusal, toLiteralGlob, wholeProject } from "./change-scope.ts";

const path = (text: string) => text as FilePath;

describe("findScopeRefusal", () => {
  test.each<[string, string[] | null, string[], "locked" | "not-included" | null]>([
    ["app/models/task.py", null, [], null],
    ["app/models/task.py", ["app/models/**"], [], null],
    ["app/models/task.py", ["app/models"], [], null],
    ["app/models/task.py", ["app/models/"], [], null],
    ["app/main.py", ["app/models/**"], [], "not-included"],
    [".env", ["*"], [], null],
    ["app/main.py", ["**"], ["app/main.py"], "locked"],
    ["app/main.py", ["app/models/**"], ["app"], "locked"],
    ["application.py", null, ["app"], null],
  ])("%s in %j without %j", (text, include, locked, expected) => {
    expect(findScopeRefusal({ scope: { include, locked }, path: path(text) })).toBe(expected);
  });

  test("the whole project refuses nothing", () => {
    expect(findScopeRefusal({ scope: wholeProject, path: path("any/where") })).toBeNull();
  });
});

test.each([
  "app/[id]/page.tsx",
  "app/(group)/a.ts",
  "app/@modal/x.ts",
  "a{b,c}.ts",
  "a+b.ts",
  "!a.ts",
  "a|b.ts",
  "plain.ts",
  "[...slug].tsx",
  "a$b^.ts",
])("toLiteralGlob(%j) matches only that path", (text) => {
  const scope = { include: [toLiteralGlob(path(text))], locked: [] };
  expect(findScopeRefusal({ scope, path: path(text) })).toBeNull();
  for (const other of ["app/i/page.tsx", "app/group/a.ts", "ab.ts", "aab.ts", "a.ts", "b.ts", "plain.tsx", "s.tsx"])
    expect(findScopeRefusal({ scope, path: path(other) })).toBe("not-included");
});
