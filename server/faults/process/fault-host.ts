import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { GenerationIterateInput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ModelId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { isActive, type RunStatus } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { AppError } from "#lib/errors.ts";
import { createContainer, type Container } from "#server/container.ts";
import { createLoopbackGateway, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { cancelRun } from "#server/services/runs/cancel-run.ts";
import { activateGeneration } from "#server/services/versions/editing/activate-generation.ts";
import {
  submitBehind,
  submitCreation,
  submitIteration,
  submitQuestion,
} from "#server/services/runs/submitting/submit-run.ts";
import { acceptPlan } from "#server/services/runs/submitting/accept-plan.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { memoryEnv, webArgs, workerArgs } from "#server/supervisor/child-commands.ts";
import { findTestPort } from "#server/testing/find-test-port.ts";
import { superviseProcess, type SupervisedProcess } from "#server/supervisor/supervise-process.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { checkInvariants, takeSnapshot, type HistorySnapshot, type InvariantReport } from "../check-invariants.ts";
import { startDatabaseProxy, type DatabaseProxy, type WireObserver } from "./database-proxy.ts";
import { findFaultCluster, startFaultDatabase, type FaultDatabase } from "./fault-database.ts";
import { faultKey, promptFor, startFaultModel, type FaultModel } from "./fault-model.ts";
import type { PlantedBug } from "./planted-bugs.ts";
import { RestartedProcess } from "./restarted-process.ts";

const ownerId = "local";
const startTimeoutMs = 120_000;
const endTimeoutMs = 60_000;
const partCount = 12;

type WorkerOptions = {
  /** Whether the worker takes over its predecessor's jobs when it starts, as on a host of its own. */
  isOnlyWorker: boolean;
  observe?: WireObserver;
  bug?: PlantedBug;
};

/** A supervised database, a loopback model and processes of the product, with a project to iterate on. */
export class FaultHost {
  readonly database: FaultDatabase;
  readonly model: FaultModel;
  readonly container: Container;
  readonly projectId: ProjectId;
  readonly parentId: GenerationId;
  /** The folder for derived data: the repositories of projects, packages of checks. */
  readonly dataDir: string;
  readonly acknowledged: RunId[] = [];
  readonly #before: HistorySnapshot;
  readonly #processes: RestartedProcess[] = [];
  readonly #proxies: DatabaseProxy[] = [];

  private constructor({
    database,
    model,
    container,
    projectId,
    parentId,
    dataDir,
    before,
  }: Pick<FaultHost, "database" | "model" | "container" | "projectId" | "parentId" | "dataDir"> & {
    before: HistorySnapshot;
  }) {
    this.database = database;
    this.model = model;
    this.container = container;
    this.projectId = projectId;
    this.parentId = parentId;
    this.dataDir = dataDir;
    this.#before = before;
  }

  /** Hosts that run at once each have their own slot, or their own disks. */
  static async start({
    slot = 0,
    databaseDir = findFaultCluster(slot),
    dataDir: givenDataDir,
  }: { slot?: number; databaseDir?: string; dataDir?: string } = {}): Promise<FaultHost> {
    const database = await startFaultDatabase({ dataDir: databaseDir });
    const model = await startFaultModel();
    const dataDir = givenDataDir ?? (await mkdtemp(join(tmpdir(), "graft-fault-data-")));
    const container = await createContainer({
      connectionString: database.connectionString,
      role: "sender",
      dataDir,
      models: createLoopbackGateway({ url: model.url }),
    });
    const texts = Object.fromEntries(
      Array.from({ length: partCount }, (_, index) => [
        `src/part-${String(index).padStart(2, "0")}.ts`,
        `export const part${index} = ${index};\n`,
      ]),
    );
    const { projectId, generationId } = await importArchive({
      container,
      ownerId,
      name: "Faults",
      archive: await buildArchive(texts),
    });
    const before = await takeSnapshot(container);
    return new FaultHost({ database, model, container, projectId, parentId: generationId, dataDir, before });
  }

  /** Resolves once the worker is connected and takes runs. */
  async startWorker({ isOnlyWorker, observe, bug }: WorkerOptions): Promise<RestartedProcess> {
    const process = this.#run({
      args: [...(bug === undefined ? [] : ["--import", bug.preload]), ...workerArgs],
      env: {
        DATABASE_URL: await this.#route(observe),
        GRAFT_ONLY_WORKER: isOnlyWorker ? "1" : "0",
        GRAFT_WORKER_CONCURRENCY: "6",
      },
    });
    await waitUntil({
      what: "the worker is ready",
      timeoutMs: startTimeoutMs,
      isTrue: () => this.isWorking(process),
    }).catch((cause: unknown) => {
      throw new Error(`The worker did not start. Its log ends with:\n${process.log.slice(-1_000)}`, { cause });
    });
    return process;
  }

  /** A worker under the product's supervisor, which replaces a worker that sends no heartbeat for longer. */
  superviseWorker({ bug, silenceLimitMs }: { bug: PlantedBug; silenceLimitMs: number }): SupervisedProcess {
    return superviseProcess({
      name: "worker",
      args: ["--import", bug.preload, ...workerArgs],
      env: this.#processEnv({ DATABASE_URL: this.database.connectionString, GRAFT_ONLY_WORKER: "1" }),
      stopTimeoutMs: 1_000,
      silenceLimitMs,
    });
  }

  /** The production build. Resolves once it answers requests. */
  async startWeb({ observe }: { observe?: WireObserver } = {}): Promise<{
    process: RestartedProcess;
    baseUrl: string;
  }> {
    const port = await findTestPort();
    const baseUrl = `http://127.0.0.1:${port}`;
    const process = this.#run({
      args: webArgs({ host: "127.0.0.1", port }),
      env: { DATABASE_URL: await this.#route(observe), PORT: String(port) },
    });
    await waitUntil({
      what: "the web process is ready",
      timeoutMs: startTimeoutMs,
      isTrue: async () => (await fetch(`${baseUrl}/api/health`)).ok,
    });
    return { process, baseUrl };
  }

  /**
   * Submits without the web process, again with the same key while the database is away. The token names the run to the
   * model.
   */
  async submit(
    token: string,
    options: Pick<GenerationIterateInput, "queue" | "plan" | "parentGenerationId"> = {
      parentGenerationId: this.parentId,
    },
  ): Promise<RunId> {
    const input = {
      prompt: promptFor(token),
      model: loopbackModelIds.compatible as ModelId,
      mode: "classic" as const,
      idempotencyKey: token,
      ...options,
    };
    return this.#repeat(() => submitIteration({ container: this.container, ownerId, input }));
  }

  /** Requests its own project, as `submit` sends a prompt. */
  async create(token: string): Promise<RunId> {
    const input = {
      prompt: promptFor(token),
      model: loopbackModelIds.compatible as ModelId,
      mode: "classic" as const,
      idempotencyKey: token,
    };
    return this.#repeat(() => submitCreation({ container: this.container, ownerId, input }));
  }

  /** Sends a prompt behind a run that makes a first version. */
  async submitBehind({ token, afterRunId }: { token: string; afterRunId: RunId }): Promise<RunId> {
    const input = {
      afterRunId,
      prompt: promptFor(token),
      model: loopbackModelIds.compatible as ModelId,
      mode: "classic" as const,
      idempotencyKey: token,
    };
    return this.#repeat(() => submitBehind({ container: this.container, ownerId, input }));
  }

  /** Withdraws or cancels a run; an ended one is left unchanged. */
  async cancel(runId: RunId): Promise<void> {
    await untilAnswered(() => cancelRun({ container: this.container, ownerId, runId })).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== "RUN_NOT_ACTIVE") throw error;
    });
  }

  /** Accepts a plan unchanged. */
  async accept({ runId, steps }: { runId: RunId; steps: string[] }): Promise<RunId> {
    return this.#repeat(() => acceptPlan({ container: this.container, ownerId, input: { runId, steps } }));
  }

  /** Asks about the parent, as `submit` sends a prompt. */
  async ask(token: string): Promise<RunId> {
    const input = {
      generationId: this.parentId,
      prompt: promptFor(token),
      model: loopbackModelIds.compatible as ModelId,
      idempotencyKey: token,
    };
    return this.#repeat(() => submitQuestion({ container: this.container, ownerId, input }));
  }

  async #repeat(send: () => Promise<{ runId: RunId }>): Promise<RunId> {
    const { runId } = await untilAnswered(send);
    this.acknowledged.push(runId);
    return runId;
  }

  /** As `submit`, for so many candidates, which share the token: the model gives all of them one answer. */
  async submitCandidates({ token, count }: { token: string; count: number }): Promise<RunId[]> {
    const input = {
      parentGenerationId: this.parentId,
      prompt: promptFor(token),
      candidates: Array.from({ length: count }, () => ({
        model: loopbackModelIds.compatible as ModelId,
        mode: "classic" as const,
      })),
      idempotencyKey: token,
    };
    let runIds: RunId[] = [];
    const first = await this.#repeat(async () => {
      const submitted = await submitIteration({ container: this.container, ownerId, input });
      runIds = submitted.runIds ?? [submitted.runId];
      return submitted;
    });
    this.acknowledged.push(...runIds.filter((runId) => runId !== first));
    return runIds;
  }

  /** Chooses a version, again and again while the database is away. */
  async choose(generationId: GenerationId): Promise<void> {
    const input = { generationId, expectedHeadGenerationId: this.parentId };
    await untilAnswered(() => activateGeneration({ container: this.container, ownerId, input }));
  }

  /** Repeats the request with the same key until there is an answer, as a careful client does. */
  async submitOverHttp({ baseUrl, token }: { baseUrl: string; token: string }): Promise<RunId> {
    const body = JSON.stringify({
      parentGenerationId: this.parentId,
      prompt: promptFor(token),
      model: loopbackModelIds.compatible,
      mode: "classic",
      idempotencyKey: token,
    });
    const ask = async () => {
      const response = await fetch(`${baseUrl}/api/generations/iterate`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(5_000),
      });
      return { status: response.status, text: await response.text() };
    };
    for (const startedAt = Date.now(); Date.now() - startedAt < endTimeoutMs; await delay(100)) {
      const answer = await ask().catch(() => null);
      if (answer === null || answer.status >= 500) continue;
      if (answer.status !== 202)
        throw new Error(`Submitting ${token} was refused with ${answer.status}: ${answer.text}`);
      const { run_id: runId } = JSON.parse(answer.text) as { run_id: RunId };
      this.acknowledged.push(runId);
      return runId;
    }
    throw new Error(`Submitting ${token} was not answered within ${endTimeoutMs} ms.`);
  }

  /** The state in which a run ended. */
  async waitForEnd(runId: RunId, { timeoutMs = endTimeoutMs }: { timeoutMs?: number } = {}): Promise<RunStatus> {
    let status: RunStatus = "QUEUED";
    const hasEnded = async () => {
      ({ status } = await this.container.database.prisma.run.findUniqueOrThrow({
        where: { id: runId },
        select: { status: true },
      }));
      return !isActive(status);
    };
    await waitUntil({ what: `run ${runId} has ended`, timeoutMs, isTrue: hasEnded });
    return status;
  }

  /** Resolves once the current process is connected to the database. */
  async isWorking(worker: RestartedProcess): Promise<boolean> {
    const rows = await this.container.database.prisma.$queryRaw<
      unknown[]
    >`SELECT 1 FROM pg_stat_activity WHERE application_name LIKE ${`graft-worker-%-${worker.pid}`} LIMIT 1`;
    return rows.length > 0;
  }

  /** The number of distinct runs that each idempotency key led to. */
  async countRunsByKey(): Promise<ReadonlySet<number>> {
    const rows = await this.container.database.prisma.run.groupBy({ by: ["prompt"], _count: true });
    return new Set(rows.map(({ _count }) => _count));
  }

  /** As its owner sees it. */
  getRun(runId: RunId): Promise<RunOutput> {
    return untilAnswered(() => getRun({ database: this.container.database, ownerId, runId }));
  }

  /** Jobs that are held by a worker other than their first. */
  async countRetriedJobs(): Promise<number> {
    const rows = await this.container.database.prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'graft-run' AND state = 'active' AND retry_count > 0`;
    return rows[0]?.count ?? 0;
  }

  /** Resolves once no run is active. */
  async waitForAllEnds(): Promise<void> {
    const isIdle = async () =>
      (await this.container.database.prisma.run.count({ where: { status: { in: ["QUEUED", "RUNNING"] } } })) === 0;
    await waitUntil({ what: "every run has ended", timeoutMs: endTimeoutMs, isTrue: isIdle });
  }

  /** Resolves once the database is back after its last crash. */
  async check(): Promise<InvariantReport> {
    await waitUntil({
      what: "the database is up again",
      timeoutMs: startTimeoutMs,
      isTrue: () => this.database.isUp(),
    });
    return checkInvariants({
      database: this.container.database,
      acknowledged: this.acknowledged,
      before: this.#before,
      secret: faultKey,
      logs: this.#processes.map(({ log }) => log),
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
    await Promise.all(this.#proxies.map((proxy) => proxy.close()));
    await this.container.close();
    await this.model.close();
    await this.database.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #route(observe: WireObserver | undefined): Promise<string> {
    if (observe === undefined) return this.database.connectionString;
    const proxy = await startDatabaseProxy({ socketPath: this.database.socketPath, observe });
    this.#proxies.push(proxy);
    return proxy.connectionString(this.database.name);
  }

  #run({ args, env }: { args: readonly string[]; env: Record<string, string> }): RestartedProcess {
    const started = new RestartedProcess({ args, env: this.#processEnv(env) });
    this.#processes.push(started);
    return started;
  }

  #processEnv(env: Record<string, string>): NodeJS.ProcessEnv {
    return {
      ...memoryEnv,
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "info",
      GRAFT_DATA_DIR: this.dataDir,
      OPENAI_COMPATIBLE_BASE_URL: this.model.url,
      OPENAI_COMPATIBLE_API_KEY: faultKey,
      OPENAI_COMPATIBLE_MODELS: "loopback",
      ...env,
    };
  }
}

/** Repeats while the database is unreachable; a refusal is a response. */
async function untilAnswered<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  for (const startedAt = Date.now(); ; await delay(50)) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof AppError || Date.now() - startedAt > startTimeoutMs) throw error;
    }
  }
}

/** Polls until the condition holds. A poll that throws, because something was just killed, counts as not yet. */
export async function waitUntil({
  what,
  timeoutMs,
  isTrue,
}: {
  what: string;
  timeoutMs: number;
  isTrue: () => Promise<boolean>;
}): Promise<void> {
  for (const startedAt = Date.now(); !(await isTrue().catch(() => false)); await delay(20)) {
    if (Date.now() - startedAt > timeoutMs)
      throw new Error(`Within ${timeoutMs} ms it did not come about that ${what}.`);
  }
}
