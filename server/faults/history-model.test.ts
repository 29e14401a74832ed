import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startFaultRun } from "./fault-run.ts";
import { historyOf } from "./history/history-operation.ts";
import { HistoryPlayer } from "./history/history-player.ts";
import { CaseGateway } from "./wire/case-gateway.ts";
import { startFaultService } from "./wire/fault-service.ts";

/** Each with its own service and database, which only its crashes affect. */
const laneCount = 4;

test("E1: after any operations in any order, with crashes anywhere, the store equals the oracle", async () => {
  const histories = startFaultRun({ suite: "E1", eachChange: 200, nightly: 2_000 });
  const { size: length } = startFaultRun({ suite: "E1 operations", eachChange: 30, nightly: 40 });
  const counts = new Map<string, number>();
  const invariants = await Promise.all(Array.from({ length: laneCount }, (_, lane) => playLane({ lane })));

  async function playLane({ lane }: { lane: number }): Promise<Record<string, number>> {
    const models = new CaseGateway(new ScriptedGateway({ turns: [] }));
    const service = await startFaultService({ models, concurrency: 2 });
    onTestFinished(() => service.close());
    await fc.assert(
      fc.asyncProperty(historyOf(length), async (operations) => {
        const player = new HistoryPlayer({ service, models, counts });
        for (const operation of operations) await player.play(operation);
        await player.compare();
      }),
      { numRuns: Math.ceil(histories.size / laneCount), seed: histories.seed + lane, endOnFailure: false },
    );
    return service.expectInvariants();
  }

  const sums = invariants.reduce(
    (sum, figures) =>
      Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value + (sum[name] ?? 0)])),
    {},
  );
  histories.report({ ...Object.fromEntries([...counts].sort()), ...sums });
  const wanted = ["iterate answered", "iterate crashed", "iterate cancelled", "edit", "rollback", "restore", "crash"];
  expect(wanted.filter((name) => !counts.has(name))).toEqual([]);
});
