import { setImmediate } from "node:timers/promises";
import { formatMs } from "./bench-table.ts";

type Work = { cpuMs: number; blockMs: number };

/** Processor milliseconds of this thread: the total, and the maximum between two turns of its event loop. */
export async function measureProcess<Result>(work: () => Promise<Result>): Promise<Work & { result: Result }> {
  const startMs = readCpuMs();
  let lastMs = startMs;
  let blockMs = 0;
  const endTurn = () => {
    const now = readCpuMs();
    blockMs = Math.max(blockMs, now - lastMs);
    lastMs = now;
  };
  let isDone = false;
  const watch = (async () => {
    while (!isDone) {
      await setImmediate();
      endTurn();
    }
  })();
  const result = await work();
  isDone = true;
  await watch;
  return { cpuMs: readCpuMs() - startMs, blockMs, result };
}

function readCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

export function describeWork({ cpuMs, blockMs }: Work): string {
  return `${formatMs(cpuMs)}, ${formatMs(blockMs)}`;
}
