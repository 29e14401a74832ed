import { rankFiles } from "#server/core/ranking/rank-files.ts";
import { createFileIndexReader } from "#server/services/versions/file-index-reader.ts";
import type { TestServer } from "#server/testing/start-test-server.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import type { BenchRow } from "./bench-table.ts";
import { describeWork, measureProcess } from "./measure-process.ts";
import { buildProjectFixture, changeFiles, loadFrom } from "./project-fixture.ts";

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
        graft: `${describeWork(read)}; ${describeWork(ranked)}`,
        yardstick: "50 ms",
        note: "the longest block that is allowed",
      });
    }
  }
  return rows;
}
