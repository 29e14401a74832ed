import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { SpendingLimits } from "#lib/contracts/model.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { createContainer, type Container } from "#server/container.ts";
import { createTestDatabase } from "./test-database.ts";
import type { ModelGateway } from "#server/orchestrator/ports.ts";
import type { ProviderDirectory } from "#server/providers/provider-directory.ts";
import { executeRun } from "#server/services/runs/working/execute-run.ts";
import { giveUpRun } from "#server/services/runs/working/give-up-run.ts";
import { appRouter } from "#server/trpc/root.ts";

const { createCaller } = appRouter;

export const testOwnerId = "local";

export type TestServer = {
  container: Container;
  connectionString: string;
  /** For this server alone; it is removed with it. */
  dataDir: string;
  /** Every procedure, called as a client calls it but without HTTP. */
  api: ReturnType<typeof createCaller>;
  apiOf(ownerId: string): ReturnType<typeof createCaller>;
  /** Resolves once the run has ended. */
  waitForRun(runId: RunId, options?: { timeoutMs?: number }): Promise<RunOutput>;
  /** The files of a version, path to text. */
  readTexts(generationId: GenerationId): Promise<Record<string, string>>;
  close(): Promise<void>;
};

/** Starts web and worker in this process, on a database of their own or on one that the test owns and drops. */
export async function startTestServer({
  models,
  connectionString: given,
  dataDir: givenDataDir,
  concurrency = 2,
  spending,
}: {
  models: ModelGateway & Partial<ProviderDirectory>;
  connectionString?: string;
  /** Given, the test removes it. */
  dataDir?: string;
  concurrency?: number;
  spending?: SpendingLimits;
}): Promise<TestServer> {
  const { connectionString, drop } =
    given === undefined ? await createTestDatabase() : { connectionString: given, drop: async () => undefined };
  const dataDir = givenDataDir ?? join(tmpdir(), `graft-test-${randomUUID()}`);
  const container = await createContainer({
    connectionString,
    role: "worker",
    models,
    dataDir,
    ...(spending === undefined ? {} : { spending }),
  });
  const stopping = new AbortController();
  await container.queue.work({
    concurrency,
    onRun: ({ runId, attempt, isAlone, signal }) =>
      executeRun({ container, runId, attempt, isAlone, stopping: AbortSignal.any([stopping.signal, signal]) }),
    onDead: (runId) => giveUpRun({ container, runId }),
  });
  const api = createCaller({ container, ownerId: testOwnerId, requestId: "test" });
  return {
    container,
    connectionString,
    dataDir,
    api,
    apiOf: (ownerId) => createCaller({ container, ownerId, requestId: "test" }),
    async waitForRun(runId, { timeoutMs = 30_000 } = {}) {
      for (const startedAt = Date.now(); Date.now() - startedAt < timeoutMs;) {
        const run = await api.run.get({ runId });
        if (!isActive(run.status)) return run;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`Run ${runId} did not end within ${timeoutMs} ms.`);
    },
    async readTexts(generationId) {
      const { items } = await api.generation.files({ generationId });
      const texts = await Promise.all(
        items.map(async ({ path }) => [path, (await api.generation.file({ generationId, path })).content] as const),
      );
      return Object.fromEntries(texts);
    },
    async close() {
      stopping.abort();
      await container.close();
      await drop();
      if (givenDataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
