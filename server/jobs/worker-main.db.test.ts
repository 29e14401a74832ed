import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import { createContainer, type Container } from "#server/container.ts";
import { startLoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { submitCreation, submitIteration } from "#server/services/runs/submitting/submit-run.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { testOwnerId as ownerId } from "#server/testing/start-test-server.ts";
import { createTestDatabase } from "#server/testing/test-database.ts";

const entry = fileURLToPath(new URL("worker-main.ts", import.meta.url));

let container: Container;
let connectionString = "";
let drop = async () => {};
let workers: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  ({ connectionString, drop } = await createTestDatabase());
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await container.close();
  await drop();
});

type LogLine = { pid: number; msg: string; runId?: string } & Record<string, unknown>;

/** A worker as on another machine: it has only `env` and nothing else of this process's environment. */
function startWorker(env: Record<string, string>): { read(): string; lines(): LogLine[] } {
  const worker = spawn(process.execPath, [entry], {
    env: { NODE_ENV: "production", ...env },
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [worker.stdout, worker.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const closed = once(worker, "close");
  workers.push({
    async stop() {
      worker.kill("SIGTERM");
      await closed;
    },
  });
  return {
    read: () => output,
    lines: () => output.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as LogLine] : [])),
  };
}

async function waitForEnd(runId: RunId) {
  await expect
    .poll(async () => isActive((await getRun({ database: container.database, ownerId, runId })).status), {
      timeout: 30_000,
    })
    .toBe(false);
  return getRun({ database: container.database, ownerId, runId });
}

test("two workers that only know DATABASE_URL share the runs", async () => {
  container = await createContainer({ connectionString, role: "sender" });
  const logs = [startWorker({ DATABASE_URL: connectionString }), startWorker({ DATABASE_URL: connectionString })];
  await expect.poll(() => logs.every(({ read }) => read().includes("worker ready")), { timeout: 20_000 }).toBe(true);
  expect(await container.queue.countWorkers()).toEqual({ connected: 2, blocked: 0 });
  const submitted = await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      submitCreation({
        container,
        ownerId,
        input: { prompt: `A tracker of tasks with title and status, number ${index}` },
      }),
    ),
  );
  for (const { runId } of submitted) expect(await waitForEnd(runId)).toMatchObject({ status: "SUCCEEDED" });
  const started = logs.map(({ lines }) =>
    lines()
      .filter(({ msg }) => msg === "run started")
      .map(({ runId }) => runId),
  );
  for (const runs of started) expect(runs.length).toBeGreaterThan(0);
  expect(started.flat().sort()).toEqual(submitted.map(({ runId }) => runId).sort());
});

test("the log has a line for each run, stage and model call, and no prompt, text or key", async () => {
  const secrets = {
    prompt: "zebra-prompt-8841",
    file: "zebra-file-text-5523",
    answer: "zebra-answer-7719",
    key: "sk-zebra-key-3306-abcdef",
  };
  const model = await startLoopbackModelServer({
    models: [{ id: "scripted" }],
    respond: [
      { status: 503, body: { error: { message: `overloaded: ${secrets.key} ${secrets.prompt}` } } },
      {
        text: secrets.answer,
        toolCalls: [
          { name: "write_file", arguments: { path: "b.txt", content: secrets.answer } },
          { name: "finish", arguments: { summary: secrets.answer } },
        ],
      },
      { status: 401, body: { error: { message: `wrong key ${secrets.key} for ${secrets.prompt}` } } },
    ],
  });
  try {
    container = await createContainer({ connectionString, role: "sender", models: new ScriptedGateway({ turns: [] }) });
    const { read, lines } = startWorker({
      DATABASE_URL: connectionString,
      OPENAI_COMPATIBLE_BASE_URL: model.url,
      OPENAI_COMPATIBLE_API_KEY: secrets.key,
      OPENAI_COMPATIBLE_MODELS: "scripted",
    });
    const { generationId } = await importArchive({
      container,
      ownerId,
      name: "Logged",
      archive: await buildArchive({ "a.txt": `${secrets.file}\n` }),
    });
    const input = { parentGenerationId: generationId, prompt: secrets.prompt, model: scriptedModelId };
    const first = await submitIteration({ container, ownerId, input });
    expect(await waitForEnd(first.runId)).toMatchObject({ status: "SUCCEEDED" });
    const second = await submitIteration({ container, ownerId, input });
    expect(await waitForEnd(second.runId)).toMatchObject({ status: "FAILED", failure: { code: "PROVIDER_AUTH" } });
    expect(JSON.stringify(model.requests)).toContain(secrets.file);
    await expect.poll(() => lines().filter(({ msg }) => msg === "run ended").length, { timeout: 5_000 }).toBe(2);

    const of = (runId: RunId) => lines().filter((line) => line.runId === runId);
    expect(of(first.runId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ msg: "run started", attempt: 1, modelId: scriptedModelId }),
        expect.objectContaining({ msg: "model call is repeated", failureCode: "MODEL_UNAVAILABLE" }),
        expect.objectContaining({
          msg: "model call",
          finishReason: "tool-calls",
          inputTokens: expect.any(Number),
          durationMs: expect.any(Number),
        }),
        expect.objectContaining({ msg: "stage done", stage: "generate-changes", durationMs: expect.any(Number) }),
        expect.objectContaining({ msg: "run ended", outcome: "succeeded", modelCalls: 1 }),
      ]),
    );
    expect(of(second.runId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ msg: "model call failed", failureCode: "PROVIDER_AUTH" }),
        expect.objectContaining({ msg: "run ended", outcome: "failed", failureCode: "PROVIDER_AUTH" }),
      ]),
    );
    for (const secret of Object.values(secrets)) expect(read()).not.toContain(secret);

    const { text } = await container.metrics.read();
    for (const line of [
      'graft_runs{status="SUCCEEDED"} 1',
      'graft_runs_ended_total{status="FAILED"} 1',
      'graft_provider_errors_total{code="MODEL_UNAVAILABLE"} 1',
      'graft_provider_errors_total{code="PROVIDER_AUTH"} 1',
      'graft_stage_duration_seconds_count{stage="store-generation"} 1',
      `graft_model_calls_total{model="${scriptedModelId}"} 1`,
      "graft_workers 1",
      "graft_queue_oldest_wait_seconds 0",
      "graft_event_streams 0",
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).toMatch(
      new RegExp(`graft_model_tokens_total\\{model="${scriptedModelId}",direction="input"\\} [1-9]`),
    );
    // Nothing is counted twice.
    expect((await container.metrics.read()).text).toContain('graft_runs_ended_total{status="FAILED"} 1\n');
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
  } finally {
    await model.close();
  }
});
