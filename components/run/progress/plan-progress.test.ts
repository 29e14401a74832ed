import { expect, test } from "vitest";
import { findPlanPaths } from "#lib/contracts/runs/plan-paths.ts";
import { countPlannedFiles, followPlan } from "./plan-progress.ts";
import type { RunFileView } from "./followed/followed-files.ts";
import type { StageView } from "./followed/followed-attempt.ts";

test.each<[string, string[]]>([
  ["1. Add `src/routes/tasks.ts` and `README.md`", ["src/routes/tasks.ts", "README.md"]],
  ["- app/models/task.py: a priority field.", ["app/models/task.py"]],
  ["Change README.md and schema.prisma.", ["README.md", "schema.prisma"]],
  ["Write `.env.example` and the `Dockerfile`", [".env.example", "Dockerfile"]],
  ["Edit ./app/[id]/page.tsx (the page)", ["app/[id]/page.tsx"]],
  ["Serve GET /api/tasks in Next.js, with Node 22.5, and/or so", []],
  ["See https://example.com/a.html", []],
  ["Use `task.priority` and `tasks/new` with care", []],
  ["Mend `server.js` and src/Dockerfile.dev", ["server.js", "src/Dockerfile.dev"]],
])("%s", (item, paths) => {
  expect(findPlanPaths(item)).toEqual(paths);
});

const file = (path: string, status: RunFileView["status"]): RunFileView => ({
  path,
  status,
  operation: "write",
  additions: 1,
  deletions: 0,
  problem: null,
});
const stage = (status: StageView["status"]): StageView[] => [
  { name: "generate-changes", status, startedAt: null, durationMs: 0 },
];
const plan = ["1. Write `a.ts` and `b.ts`", "2. Read `lib/c.ts`", "3. Keep the names"];

test("an item is done with its files, the others after the writing", () => {
  const done = (files: RunFileView[], status: StageView["status"]) =>
    followPlan({ plan, files, stages: stage(status) }).map(({ isDone }) => isDone);
  expect(done([file("src/a.ts", "done"), file("src/b.ts", "writing")], "running")).toEqual([false, false, false]);
  expect(done([file("src/a.ts", "done")], "running")).toEqual([false, false, false]);
  expect(done([file("src/a.ts", "done"), file("src/b.ts", "done")], "running")).toEqual([true, false, false]);
  expect(done([file("src/a.ts", "done")], "done")).toEqual([true, false, true]);
  expect(done([file("src/a.ts", "failed")], "done")).toEqual([false, false, true]);
});

test("counts the files that a plan names, without duplicates", () => {
  expect(countPlannedFiles([...plan, "Again `a.ts`"])).toBe(3);
  expect(countPlannedFiles(["Be careful"])).toBe(0);
});
