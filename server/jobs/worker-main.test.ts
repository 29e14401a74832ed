import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("a worker without its database exits, so that its supervisor restarts it", () => {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL("worker-main.ts", import.meta.url))], {
    env: { NODE_ENV: "production", LOG_LEVEL: "silent", DATABASE_URL: "postgresql://graft@127.0.0.1:1/graft" },
    timeout: 30_000,
  });
  expect(status).toBe(1);
});
