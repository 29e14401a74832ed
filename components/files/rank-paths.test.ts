import { expect, test } from "vitest";
import { rankPaths } from "./rank-paths.ts";

const paths = [
  "app/models/task.py",
  "app/models/project.py",
  "app/routers/tasks.py",
  "components/run/run-result.tsx",
  "components/ui/taskbar/index.ts",
  "README.md",
  "src/orderItemList.ts",
  "frontend/src/components/Notes/columns.tsx",
  "frontend/src/client/core/request-control.ts",
];
const rank = (query: string) => rankPaths({ paths, query, limit: 10 });

test.each([
  ["task.py", "app/models/task.py"],
  ["tasks", "app/routers/tasks.py"],
  ["runres", "components/run/run-result.tsx"],
  ["rr", "components/run/run-result.tsx"],
  ["oil", "src/orderItemList.ts"],
  ["ntcol", "frontend/src/components/Notes/columns.tsx"],
  ["models pro", "app/models/project.py"],
  ["READ", "README.md"],
  ["taskbar", "components/ui/taskbar/index.ts"],
])("%s finds %s first", (query, first) => {
  expect(rank(query)[0]).toBe(first);
});

test("paths that do not match are omitted; an empty query matches all", () => {
  expect(rank("zzz")).toEqual([]);
  expect(rank(" ")).toEqual(paths);
  expect(rankPaths({ paths, query: "", limit: 2 })).toEqual(paths.slice(0, 2));
});

test("5,000 paths are ranked fast enough for typing", () => {
  const many = Array.from(
    { length: 5_000 },
    (_, index) => `packages/part-${index % 50}/src/feature-${index}/component-${index}.tsx`,
  );
  const startedAt = performance.now();
  expect(rankPaths({ paths: many, query: "comp4321", limit: 50 })[0]).toBe(
    "packages/part-21/src/feature-4321/component-4321.tsx",
  );
  console.log(`5,000 paths: ${(performance.now() - startedAt).toFixed(1)} ms`);
});
