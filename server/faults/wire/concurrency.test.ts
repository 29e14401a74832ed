import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { type StoredRunEvent, isEndOfRun } from "#lib/contracts/runs/run-event.ts";
import { AppError } from "#lib/errors.ts";
import { createLoopbackGateway, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import { cancelRun } from "#server/services/runs/cancel-run.ts";
import { watchRun } from "#server/services/runs/watch-run.ts";
import { listRunEvents } from "#server/store/runs/run-events.ts";
import { callTools, ScriptedGateway, scriptedModelId, type ScriptedTurn } from "#server/testing/scripted-gateway.ts";
import { testOwnerId } from "#server/testing/start-test-server.ts";
import { startFaultRun, summarizeTimes } from "../fault-run.ts";
import { CaseGateway } from "./case-gateway.ts";
import { forEachAtOnce, parentFiles, startFaultService, type FaultService } from "./fault-service.ts";

type Setting = { service: FaultService; models: CaseGateway; projectId: ProjectId; parentGenerationId: GenerationId };

async function setUp(models: CaseGateway): Promise<Setting> {
  const service = await startFaultService({ models });
  onTestFinished(() => service.close());
  const { projectId, generationId } = await service.importProject(parentFiles);
  await service.remember();
  return { service, models, projectId, parentGenerationId: generationId };
}

function writeFile({ path, content }: { path: string; content: string }): ScriptedTurn {
  return callTools(["write_file", { path, content }], ["finish", { summary: `Wrote ${path}.` }]);
}

describe("D1", () => {
  test("concurrent iterations on one parent are as many different children, each the parent plus its own file", async () => {
    const faultRun = startFaultRun({ suite: "D1", eachChange: 200, nightly: 1_000 });
    const { service, models, projectId, parentGenerationId } = await setUp(
      new CaseGateway(new ScriptedGateway({ turns: [] })),
    );
    const submitMs: number[] = [];
    const paths = Array.from({ length: faultRun.size }, (_, index) => `app/new_${index}.py`);
    const runIds = await Promise.all(
      paths.map(async (path, index) => {
        const mark = models.assign({
          name: String(index),
          gateway: new ScriptedGateway({ turns: [writeFile({ path, content: `value = ${index}\n` })] }),
        });
        const startedAtMs = performance.now();
        const { runId } = await service.api.generation.iterate({
          parentGenerationId,
          prompt: `Add one more ${mark}`,
          model: scriptedModelId,
        });
        submitMs.push(performance.now() - startedAtMs);
        return service.acknowledge(runId);
      }),
    );
    await service.waitForAllRuns();
    const runs = await Promise.all(runIds.map((runId) => service.api.run.get({ runId })));
    const invariants = await service.expectInvariants();
    faultRun.report({ submit: summarizeTimes(submitMs).text, ...invariants });

    expect(runs.filter(({ status }) => status !== "SUCCEEDED")).toEqual([]);
    expect(new Set(runs.map(({ generationId }) => generationId)).size).toBe(faultRun.size);
    expect(runs.filter(({ isBranch }) => !isBranch)).toHaveLength(1);
    const versions = await service.container.database.prisma.generation.findMany({
      where: { projectId, kind: "iterate" },
      select: { id: true, version: true, keptCount: true, totalCount: true, parents: true, changes: true },
    });
    expect(versions.map(({ version }) => version).toSorted((one, other) => one - other)).toEqual(
      paths.map((_, index) => index + 2),
    );
    const pathByGeneration = new Map(runs.map(({ generationId }, index) => [generationId as string, paths[index]]));
    for (const { id, keptCount, totalCount, parents, changes } of versions) {
      expect({
        keptCount,
        totalCount,
        parents: parents.map(({ parentId }) => parentId),
        changed: changes.map(({ path }) => path),
      }).toEqual({ keptCount: 14, totalCount: 15, parents: [parentGenerationId], changed: [pathByGeneration.get(id)] });
    }
    const head = (await service.api.project.get({ projectId })).headGenerationId;
    expect(runs.find(({ isBranch }) => !isBranch)?.generationId).toBe(head);
  });
});

describe("D2", () => {
  test("every watcher sees every event once and in order, however often it and the database's own notifications are cut off", async () => {
    const faultRun = startFaultRun({ suite: "D2", eachChange: 50, nightly: 200 });
    const { service, models, parentGenerationId } = await setUp(new CaseGateway(new ScriptedGateway({ turns: [] })));
    const runIds: RunId[] = [];
    for (let index = 0; index < 5; index += 1) {
      const mark = models.assign({
        name: String(index),
        gateway: new ScriptedGateway({
          turns: [talk, talk, writeFile({ path: `app/new_${index}.py`, content: "value = 1\n" })],
        }),
      });
      const { runId } = await service.api.generation.iterate({
        parentGenerationId,
        prompt: `Talk a lot ${mark}`,
        model: scriptedModelId,
      });
      runIds.push(service.acknowledge(runId));
    }
    let connections = 0;
    const seen: { runId: RunId; events: StoredRunEvent[] }[] = [];
    const watching = Array.from({ length: faultRun.size }, async (_, index) => {
      const runId = runIds[index % runIds.length] as RunId;
      const events: StoredRunEvent[] = [];
      seen.push({ runId, events });
      while (!events.some(({ event }) => isEndOfRun(event))) {
        connections += 1;
        await delay(faultRun.integer({ min: 0, max: 30 }));
        await watchFor({
          service,
          runId,
          events,
          atMost: faultRun.integer({ min: 1, max: 120 }),
          forMs: faultRun.integer({ min: 1, max: 400 }),
        });
      }
    });
    const cuts = new AbortController();
    const cutting = cutNotices({ service, signal: cuts.signal });
    await Promise.all(watching);
    cuts.abort();
    const cutCount = await cutting;
    await service.waitForAllRuns();
    const invariants = await service.expectInvariants();
    faultRun.report({
      connections,
      cuts: cutCount,
      events: seen.reduce((sum, { events }) => sum + events.length, 0),
      ...invariants,
    });
    for (const { runId, events } of seen) {
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
      expect(events).toEqual(
        await listRunEvents({ database: service.container.database, runId, afterSequence: 0, limit: 10_000 }),
      );
    }
    expect(cutCount).toBeGreaterThan(0);
    expect(connections).toBeGreaterThan(faultRun.size * 2);
  });

  /** Many events that cannot be merged, over about a second. */
  const talk: ScriptedTurn = async (request) => {
    for (let index = 0; index < 150; index += 1) {
      request.onDelta({ type: "text", delta: `word ${index} ` });
      request.onDelta({ type: "retrying", code: "MODEL_UNAVAILABLE", message: `Pause ${index}.`, afterMs: 0 });
      await delay(5);
    }
    return callTools(["list_files", {}])(request);
  };

  /** One connection: reads until either limit, like a client whose network drops. */
  async function watchFor({
    service,
    runId,
    events,
    atMost,
    forMs,
  }: {
    service: FaultService;
    runId: RunId;
    events: StoredRunEvent[];
    atMost: number;
    forMs: number;
  }): Promise<void> {
    const leaving = new AbortController();
    const timer = setTimeout(() => leaving.abort(), forMs);
    let taken = 0;
    for await (const stored of watchRun({
      container: service.container,
      ownerId: testOwnerId,
      runId,
      afterSequence: events.at(-1)?.sequence ?? 0,
      signal: leaving.signal,
    })) {
      events.push(stored);
      taken += 1;
      if (taken >= atMost || leaving.signal.aborted) break;
    }
    clearTimeout(timer);
  }

  async function cutNotices({ service, signal }: { service: FaultService; signal: AbortSignal }): Promise<number> {
    let cutCount = 0;
    while (!signal.aborted) {
      await delay(300);
      cutCount += await service.container.database.prisma
        .$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN graft%'`;
    }
    return cutCount;
  }
});

describe("D5", () => {
  test("a cancelled run makes no further model call, and stores no version after the acknowledgement", async () => {
    const faultRun = startFaultRun({ suite: "D5", eachChange: 50, nightly: 500 });
    const server = await startLoopbackModelServer({
      respond: () => ({
        text: "I will write the schema file now, and say what is in it, at some length. ".repeat(6),
        toolCalls: [
          { name: "write_file", arguments: { path: "app/schema.py", content: "class Task:\n    title: str\n" } },
          { name: "finish", arguments: { summary: "Added the schema." } },
        ],
        chunkDelayMs: 12,
      }),
    });
    onTestFinished(() => server.close());
    const { service, models, parentGenerationId } = await setUp(
      new CaseGateway(createLoopbackGateway({ url: server.url })),
    );
    const acknowledgedAtMs = new Map<string, number>();
    const cancelled: RunId[] = [];
    const plans = Array.from({ length: faultRun.size }, () => faultRun.integer({ min: 0, max: 450 }));
    await forEachAtOnce({
      items: plans,
      width: 6,
      work: async (afterMs, index) => {
        const mark = models.assign({ name: String(index), gateway: createLoopbackGateway({ url: server.url }) });
        const { runId } = await service.api.generation.iterate({
          parentGenerationId,
          prompt: `Add missing schema file ${mark}`,
          model: loopbackModelIds.compatible,
        });
        service.acknowledge(runId);
        await delay(afterMs);
        try {
          await cancelRun({ container: service.container, ownerId: testOwnerId, runId });
          acknowledgedAtMs.set(mark, performance.now());
          cancelled.push(runId);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== "RUN_NOT_ACTIVE") throw error;
        }
        await service.waitForRun(runId);
      },
    });
    // An abandoned request may still be on its way through the socket.
    for (let waitedMs = 0; waitedMs < 2_000 && listOpen().length > 0; waitedMs += 20) await delay(20);

    function listOpen() {
      return [...acknowledgedAtMs.keys()].flatMap((mark) =>
        server.requests.filter(
          (request) => !request.isEnded && request.messages.some(({ text }) => text.includes(mark)),
        ),
      );
    }
    const abortedAfterMs = [...acknowledgedAtMs].flatMap(([mark, atMs]) =>
      server.requests.flatMap(({ messages, abortedAtMs }) =>
        abortedAtMs !== null && messages.some(({ text }) => text.includes(mark)) ? [abortedAtMs - atMs] : [],
      ),
    );
    const invariants = await service.expectInvariants();
    faultRun.report({
      cancelled: cancelled.length,
      "after its end": faultRun.size - cancelled.length,
      aborted: summarizeTimes(abortedAfterMs).text,
      "over 500 ms": abortedAfterMs.filter((ms) => ms > 500).length,
      ...invariants,
    });
    expect(listOpen()).toEqual([]);
    for (const runId of cancelled)
      expect(await service.api.run.get({ runId })).toMatchObject({ status: "CANCELLED", generationId: null });
    expect(abortedAfterMs.length).toBeGreaterThan(0);
  });
});
