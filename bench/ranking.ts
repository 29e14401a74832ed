import { setImmediate } from "node:timers/promises";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { rankFiles } from "#server/core/ranking/rank-files.ts";
import { createFileIndexReader } from "#server/services/versions/file-index-reader.ts";
import type { TestServer } from "#server/testing/start-test-server.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { buildProjectFixture, changeFiles, type ProjectFixture } from "./project-fixture.ts";

const changedCount = 5;
const prompt = "Round the total of `settings17` up, and name the factor of module-42.ts in its result";

/**
 * The cost of ranking files for a prompt: processor time, and the longest time in which the process answers no other
 * request.
 */
export async function benchRanking({ server }: { server: TestServer }): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const fileCount of [100, 1_000, 5_000]) {
    const cold = buildProjectFixture(fileCount);
    const { next } = changeFiles({ fixture: cold, count: changedCount, round: 1 });
    const changed = { ...next, contents: new Map([...cold.contents, ...next.contents]) };
    const reader = createFileIndexReader({ database: server.container.database });
    const restarted = createFileIndexReader({ database: server.container.database });
    for (const [state, indexer, fixture] of [
      ["cold", reader, cold],
      [`${changedCount} files changed`, reader, changed],
      ["read from the database", restarted, changed],
    ] as const) {
      const read = await measureProcess(() => indexer.read({ tree: fixture.tree, loadContents: loadFrom(fixture) }));
      const indexes = read.result;
      const ranked = await measureProcess(() =>
        rankFiles({ prompt, indexes, sizeTokens: () => 800, history: [], letOthersGo: startTimeSlices() }),
      );
      rows.push({
        name: `index and rank ${fileCount} files, ${state} (processor time, longest block)`,
        graft: `${describe(read)}; ${describe(ranked)}`,
        yardstick: "50 ms",
        note: "the longest block that is allowed",
      });
    }
  }
  return rows;
}

function loadFrom({ contents }: ProjectFixture) {
  return async (hashes: Iterable<ContentHash>) =>
    new Map(
      [...hashes].flatMap((hash) => {
        const content = contents.get(hash);
        return content === undefined ? [] : [[hash, content] as const];
      }),
    );
}

function describe({ cpuMs, blockMs }: { cpuMs: number; blockMs: number }): string {
  return `${formatMs(cpuMs)}, ${formatMs(blockMs)}`;
}

/** Processor milliseconds of this thread: the total, and the maximum between two turns of its event loop. */
async function measureProcess<Result>(
  work: () => Promise<Result>,
): Promise<{ cpuMs: number; blockMs: number; result: Result }> {
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
