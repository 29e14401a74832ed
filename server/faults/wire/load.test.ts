import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { RunId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { loopbackKey, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import { openDatabase } from "#server/store/database.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { createTestDatabase } from "#server/testing/test-database.ts";
import { checkInvariants, takeSnapshot, toFigures } from "../check-invariants.ts";
import { faultDirectory } from "../fault-directory.ts";
import { startFaultRun } from "../fault-run.ts";
import { parentFiles } from "./fault-service.ts";
import { HttpClient } from "./http-client.ts";
import { startProduct } from "./started-product.ts";

const streamCount = 50;
/** V8 keeps garbage while there is room. With a heap of this size, what remains after a round is in use. */
const heapLimitMb = 160;
const dataDir = faultDirectory("load");

test("many iterations at once through HTTP are as many children, and their watchers miss nothing", async () => {
  const faultRun = startFaultRun({ suite: "load", eachChange: 200, nightly: 500 });
  // Memory after each round is printed: two rounds are too few to distinguish warm-up from unlimited growth, eight are
  // enough.
  const { size: roundCount } = startFaultRun({ suite: "load rounds", eachChange: 2, nightly: 8 });
  const { connectionString, drop } = await createTestDatabase();
  onTestFinished(drop);
  const models = await startLoopbackModelServer({
    respond: ({ messages }) => {
      const name = /\[file (\S+)\]/.exec(messages.map(({ text }) => text).join("\n"))?.[1] ?? "none";
      return {
        text: "I will add the file that was asked for, and nothing else. ".repeat(4),
        toolCalls: [
          { name: "write_file", arguments: { path: `app/${name}.py`, content: `name = "${name}"\n`.repeat(20) } },
          { name: "finish", arguments: { summary: `Added ${name}.` } },
        ],
        chunkDelayMs: 2,
      };
    },
  });
  onTestFinished(() => models.close());
  const product = await startProduct({
    env: {
      DATABASE_URL: connectionString,
      GRAFT_DATA_DIR: dataDir,
      NODE_OPTIONS: `--max-old-space-size=${heapLimitMb}`,
      OPENAI_COMPATIBLE_BASE_URL: models.url,
      OPENAI_COMPATIBLE_API_KEY: loopbackKey,
      OPENAI_COMPATIBLE_MODELS: "loopback",
    },
  });
  onTestFinished(() => product.stop());
  const database = openDatabase({ connectionString, maxConnections: 4, onError: () => undefined });
  onTestFinished(() => database.close());

  const client = new HttpClient(product.baseUrl);
  const { projectId, generationId } = await client.importProject({
    name: "Load",
    archive: await buildArchive(parentFiles),
  });
  const before = await takeSnapshot({ database });
  const memory = [product.readMemory()];
  const acknowledged: RunId[] = [];
  const submitMs: number[] = [];
  const watched: Awaited<ReturnType<HttpClient["watch"]>>[] = [];

  for (let round = 1; round <= roundCount; round += 1) {
    await Promise.all(
      Array.from({ length: faultRun.size }, async (_, index) => {
        const startedAtMs = performance.now();
        const { runId } = await client.mutate<{ runId: RunId }>("generation.iterate", {
          parentGenerationId: generationId,
          prompt: `Add one more [file new_${round}_${index}]`,
          model: loopbackModelIds.compatible,
        });
        submitMs.push(performance.now() - startedAtMs);
        acknowledged.push(runId);
        if (index < streamCount)
          watched.push(await client.watch({ runId, leaveAfter: () => faultRun.integer({ min: 1, max: 40 }) }));
      }),
    );
    await waitForAll({ client, projectId, count: acknowledged.length });
    // Garbage is collected while the processes are idle.
    await delay(3_000);
    memory.push(product.readMemory());
  }

  const runs = await database.prisma.run.findMany({
    where: { id: { in: acknowledged } },
    select: {
      status: true,
      generationId: true,
      isBranch: true,
      endedAt: true,
      events: { orderBy: { sequence: "asc" } },
    },
  });
  // An event's row has the start time of its transaction.
  const commitMs = runs.map(
    ({ endedAt, events }) => (endedAt?.getTime() ?? 0) - (events.at(-1)?.createdAt.getTime() ?? 0),
  );
  const report = await checkInvariants({
    database,
    acknowledged,
    before,
    secret: loopbackKey,
    logs: [product.readLog()],
  });
  faultRun.report({
    rounds: roundCount,
    "heap limit MB": heapLimitMb,
    submit: summarizeLong(submitMs),
    commit: summarizeLong(commitMs),
    streams: watched.length,
    connections: watched.reduce((sum, { connections }) => sum + connections, 0),
    "web MB": memory.map(({ webMb }) => webMb).join(" > "),
    "worker MB": memory.map(({ workerMb }) => workerMb).join(" > "),
    ...toFigures(report),
  });

  expect(report.faults).toEqual([]);
  expect(runs.filter(({ status }) => status !== "SUCCEEDED")).toEqual([]);
  expect(new Set(runs.map((run) => run.generationId)).size).toBe(faultRun.size * roundCount);
  expect(runs.filter(({ isBranch }) => !isBranch)).toHaveLength(1);
  const roots = await database.prisma.generation.findMany({ where: { projectId }, select: { rootTreeHash: true } });
  expect(new Set(roots.map(({ rootTreeHash }) => Buffer.from(rootTreeHash).toString("hex"))).size).toBe(
    faultRun.size * roundCount + 1,
  );
  expect(watched).toHaveLength(streamCount * roundCount);
  for (const { events } of watched)
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  // Only detects gross growth. It does not prove that memory is flat: read the printed figures for that.
  const [, first, second] = memory;
  expect(second?.webMb).toBeLessThan((first?.webMb ?? 0) * 1.5);
  expect(second?.workerMb).toBeLessThan((first?.workerMb ?? 0) * 1.5);
});

async function waitForAll({
  client,
  projectId,
  count,
}: {
  client: HttpClient;
  projectId: string;
  count: number;
}): Promise<void> {
  for (let waitedMs = 0; waitedMs < 300_000; waitedMs += 500) {
    const { items } = await client.query<{ items: RunOutput[] }>("run.list", { projectId, limit: 1_000 });
    if (items.filter(({ endedAt }) => endedAt !== null).length === count) return;
    await delay(500);
  }
  throw new Error("The runs did not end within 300 s.");
}

function summarizeLong(timesMs: readonly number[]): string {
  const sorted = timesMs.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${sorted.length}`;
}
