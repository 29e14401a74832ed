import { expect, test } from "vitest";
import { startFaultRun } from "./fault-run.ts";
import { StartedGraft, waitUntilGone, type StartCommand } from "./process/started-graft.ts";

type Way = "Ctrl-C" | "SIGTERM" | "SIGKILL";

/** A user's Ctrl-C, a service manager's SIGTERM, and a kill that no process receives. */
test.each<[StartCommand, Way]>([
  ["npm", "Ctrl-C"],
  ["npm", "SIGTERM"],
  ["start script", "SIGTERM"],
  ["start script", "SIGKILL"],
  ["supervisor", "SIGTERM"],
  ["supervisor", "SIGKILL"],
])("stop: %s by %s, and every process is gone", async (command, way) => {
  const run = startFaultRun({ suite: `stop ${command} by ${way}`, eachChange: 1, nightly: 1 });
  const graft = await StartedGraft.start({ command });
  const database = graft.findPid("bin/postgres");
  // A killed supervisor stops no database. The next start adopts it, with everything that was acknowledged.
  const pids = graft.listPids(command === "supervisor" && way === "SIGKILL" ? { without: "bin/postgres" } : {});
  expect(pids.length).toBeGreaterThan(2);
  try {
    const stoppedAt = Date.now();
    if (way === "Ctrl-C") graft.pressCtrlC();
    else graft.signal(way);
    await waitUntilGone(pids);
    run.report({ processes: pids.length, "all gone after": `${Date.now() - stoppedAt} ms` });
  } finally {
    await graft.end([...pids, database]);
  }
});
