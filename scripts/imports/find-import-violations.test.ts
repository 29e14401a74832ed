import { expect, test } from "vitest";
import { findImportViolations } from "./find-import-violations.ts";

const value = (target: string) => ({ target, isType: false });

test.each([
  ["server/core/x.ts", "node:fs"],
  ["server/core/x.ts", "server/store/contents/blobs.ts"],
  ["server/services/x.ts", "@prisma/client"],
  ["server/orchestrator/x.ts", "ai"],
  ["server/orchestrator/x.ts", "server/store/contents/blobs.ts"],
  ["server/services/x.ts", "pg-boss"],
  ["server/store/x.ts", "server/jobs/run-queue.ts"],
  ["server/services/x.ts", "next/headers"],
  ["components/run/x.tsx", "server/store/contents/blobs.ts"],
  ["components/run/x.tsx", "@pierre/diffs"],
  ["lib/contracts/x.ts", "react"],
  ["components/run/x.tsx", "app/page.tsx"],
  ["server/services/x.ts", "server/testing/scripted-gateway.ts"],
])("%s must not import %s", (path, target) => {
  expect(findImportViolations([{ path, imports: [value(target)] }])).toHaveLength(1);
});

test.each([
  ["server/core/x.ts", "diff"],
  ["server/store/x.ts", "@prisma/adapter-pg"],
  ["server/services/x.test.ts", "server/testing/scripted-gateway.ts"],
])("%s may import %s", (path, target) => {
  expect(findImportViolations([{ path, imports: [value(target)] }])).toEqual([]);
});

test("a component may use the server's types", () => {
  expect(
    findImportViolations([{ path: "lib/trpc/client.tsx", imports: [{ target: "server/trpc/root.ts", isType: true }] }]),
  ).toEqual([]);
});

test("a component may not load zod through a contract, but may use its types", () => {
  const find = (isType: boolean) =>
    findImportViolations([
      { path: "components/run/x.tsx", imports: [{ target: "lib/contracts/x.ts", isType }] },
      { path: "lib/contracts/x.ts", imports: [value("lib/contracts/ids.ts")] },
      { path: "lib/contracts/ids.ts", imports: [value("zod")] },
    ]);
  expect(find(false)).toEqual([
    "components/run/x.tsx imports lib/contracts/x.ts, which loads zod: the browser gets types and constants only.",
  ]);
  expect(find(true)).toEqual([]);
});

test("finds a cycle", () => {
  const modules = [
    { path: "lib/a.ts", imports: [value("lib/b.ts")] },
    { path: "lib/b.ts", imports: [value("lib/a.ts")] },
  ];
  expect(findImportViolations(modules)).toEqual(["lib/a.ts → lib/b.ts → lib/a.ts: a cycle."]);
});
