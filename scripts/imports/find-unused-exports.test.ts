import { expect, test } from "vitest";
import { findUnusedExports } from "./find-unused-exports.ts";

const user = (path: string, ...names: string[]) => ({
  path,
  exports: [],
  imports: [{ target: "lib/x.ts", isType: false, names }],
});
const find = (...users: ReturnType<typeof user>[]) =>
  findUnusedExports([{ path: "lib/x.ts", exports: ["a"], imports: [] }, ...users]);

test.each([["a"], ["*"]])("an export that a module of the product takes as %s is used", (name) => {
  expect(find(user("lib/y.ts", name))).toEqual([]);
});

test("an export without a user is found", () => {
  expect(find(user("lib/y.ts", "b"), user("lib/z.ts"))).toEqual([
    "lib/x.ts exports a, which no other module uses: drop the export.",
  ]);
});

test.each([["lib/x.test.ts"], ["server/testing/y.ts"], ["e2e/support/y.ts"], ["bench/y.ts"]])(
  "%s does not count as a user of the product",
  (path) => {
    expect(find(user(path, "a"))).toEqual([expect.stringContaining("lib/x.ts exports a for tests alone")]);
  },
);

test("an export of a testing folder may be used by tests alone", () => {
  const helper = { path: "server/testing/x.ts", exports: ["a"], imports: [] };
  const imports = [{ target: helper.path, isType: false, names: ["a"] }];
  expect(findUnusedExports([helper, { path: "server/y.test.ts", exports: [], imports }])).toEqual([]);
  expect(findUnusedExports([helper])).toHaveLength(1);
});

test("entry files of Next.js are read without an import", () => {
  const paths = ["app/page.tsx", "app/api/[[...path]]/route.ts", "proxy.ts"];
  expect(findUnusedExports(paths.map((path) => ({ path, exports: ["default"], imports: [] })))).toEqual([]);
  expect(findUnusedExports([{ path: "app/prefetched.tsx", exports: ["a"], imports: [] }])).toHaveLength(1);
});
