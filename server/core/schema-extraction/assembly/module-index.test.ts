import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { buildModuleIndex } from "./module-index.ts";

const paths = [
  "backend/app/__init__.py",
  "backend/app/routers/__init__.py",
  "backend/app/routers/tasks.py",
  "worker/app/routers/tasks.py",
  "web/server/routers/task.ts",
  "web/server/routers/index.ts",
  "web/lib/db.ts",
  "main.py",
] as FilePath[];
const modules = buildModuleIndex(paths);

test.each([
  ["app.routers.tasks", "backend/app/main.py", "backend/app/routers/tasks.py"],
  ["app.routers.tasks", "worker/run.py", "worker/app/routers/tasks.py"],
  ["app.routers", "main.py", "backend/app/routers/__init__.py"],
  [".routers.tasks", "backend/app/main.py", "backend/app/routers/tasks.py"],
  [".tasks", "backend/app/routers/__init__.py", "backend/app/routers/tasks.py"],
  ["..routers", "backend/app/routers/tasks.py", "backend/app/routers/__init__.py"],
  [".", "backend/app/routers/tasks.py", "backend/app/routers/__init__.py"],
  ["os.path", "main.py", null],
  ["./task", "web/server/routers/_app.ts", "web/server/routers/task.ts"],
  ["./task.js", "web/server/routers/_app.ts", "web/server/routers/task.ts"],
  ["../routers", "web/server/app/root.ts", "web/server/routers/index.ts"],
  ["@/server/routers/task", "web/app/api/route.ts", "web/server/routers/task.ts"],
  ["~/lib/db", "web/app/api/route.ts", "web/lib/db.ts"],
  ["#lib/db.ts", "web/app/api/route.ts", "web/lib/db.ts"],
  ["zod", "web/lib/db.ts", null],
  ["../../../../outside", "web/lib/db.ts", null],
])("%s in %s is %s", (module, fromPath, expected) => {
  expect(modules.find({ module, fromPath: fromPath as FilePath })).toBe(expected);
});
