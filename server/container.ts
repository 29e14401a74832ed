import { join } from "node:path";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { SpendingLimits } from "#lib/contracts/model.ts";
import type { ModelGateway, CodeSchemaReader, FileIndexReader, SecretReader } from "#server/orchestrator/ports.ts";
import { createTurns, type Turns } from "./archive/turns.ts";
import { readEnv } from "./env.ts";
import { createKeyring, type Keyring } from "./keys/keyring.ts";
import { createGitEngine, type GitEngine } from "./git/git-engine.ts";
import { createCheckQueue, type CheckQueue } from "./jobs/check-queue.ts";
import { createJobEngine } from "./jobs/job-engine.ts";
import { type RunQueue, createRunQueue } from "./jobs/run-queue.ts";
import { logger } from "./logger.ts";
import { loadSourceParser } from "./parsers/tree-sitter-source-parser.ts";
import { createCodeSchemaReader } from "./services/versions/code-schema-reader.ts";
import { createFileIndexReader } from "./services/versions/file-index-reader.ts";
import { createTextStore, type TextStore } from "./services/search/text-store.ts";
import { createMetrics, type Metrics } from "./services/operations/metrics.ts";
import type { ProviderDirectory } from "./providers/provider-directory.ts";
import { previewDatabaseBytes } from "./database/previews/preview-database.ts";
import { openDatabase, type Database } from "./store/database.ts";
import { createNotifications, type Notifications } from "./store/notifications.ts";
import { TreeObjects } from "./store/contents/tree-objects.ts";
import { findBrowser, type BrowserState } from "./sandbox/screenshots/find-browser.ts";
import { createSandbox, type Sandbox } from "./sandbox/sandbox.ts";
import { createCheckRunner, type CheckRunner } from "./checks/check-runner.ts";
import { createVersionTools, type VersionTools } from "./checks/version-tools.ts";
import { createSecretReader } from "./secrets/secret-reader.ts";
import { createThreadPool, type ThreadPool } from "./threads/thread-pool.ts";
import type { SourceParser } from "./core/syntax/source-parser.ts";

/** Everything the services need, built once per process. */
export type Container = {
  database: Database;
  treeObjects: TreeObjects;
  notifications: Notifications;
  queue: RunQueue;
  checkQueue: CheckQueue;
  /** Runs the code of projects. Probed at first use. */
  sandbox: Sandbox;
  checks: CheckRunner;
  models: ModelGateway;
  providers: ProviderDirectory;
  /** Providers' keys that the user pasted. */
  keyring: Keyring;
  /** Used for requests without a model. */
  defaultModelId: ModelId;
  spending: SpendingLimits;
  /** The operator's token limit for a run's first request; null for the default. */
  contextLimitTokens: number | null;
  sourceParser: SourceParser;
  codeSchemas: CodeSchemaReader;
  threads: ThreadPool;
  secrets: SecretReader;
  fileIndexes: FileIndexReader;
  /** Cached texts for searches. */
  texts: TextStore;
  metrics: Metrics;
  /** Imports, one at a time. */
  importTurns: Turns;
  git: GitEngine;
  /** Repository updates, one at a time. */
  gitTurns: Turns;
  /** The browser that takes screenshots of previews. One that was just installed is found. */
  findBrowser: () => Promise<BrowserState>;
  close(): Promise<void>;
};

/** The dependencies of the preview process: no queue, no model, no parser. */
export type PreviewContainer = Pick<
  Container,
  "database" | "treeObjects" | "notifications" | "sandbox" | "threads" | "findBrowser" | "close"
> & {
  tools: VersionTools;
  /** The server of Graft's own database, on which previews get theirs. */
  connectionString: string;
  /** The largest database of a preview. */
  databaseBytes: number;
  /** The time, by which idle previews are found. */
  now: () => number;
};

/**
 * Two threads, so that a large comparison does not block a small one; more would compete with requests for the
 * processor.
 */
const threadCount = 2;

/** A worker's threads extract thousands of files at once, while users wait for screens. */
const workerThreadNiceness = 10;

/** The only place that chooses implementations. */
export async function createContainer({
  connectionString,
  role,
  models: givenModels,
  spending,
  dataDir: givenDataDir,
}: {
  connectionString: string;
  role: "sender" | "worker";
  /** Tests pass their own models and limits; otherwise the environment decides. */
  models?: ModelGateway & Partial<ProviderDirectory>;
  spending?: SpendingLimits;
  dataDir?: string;
}): Promise<Container> {
  const env = readEnv();
  logger.level = env.logLevel;
  const onError = (error: Error) => logger.error({ err: error }, "database connection");
  const database = openDatabase({ connectionString, maxConnections: 10, onError });
  const notifications = createNotifications({ database, onError });
  const engine = createJobEngine({ connectionString, role, onError });
  const queue = createRunQueue({ engine });
  const checkQueue = createCheckQueue({ engine });
  const threads = createThreadPool({
    size: threadCount,
    niceness: role === "worker" ? workerThreadNiceness : 0,
    onError: (error) => logger.warn({ err: error }, "thread"),
  });
  const sourceParser = await loadSourceParser();
  const dataDir = givenDataDir ?? env.dataDir;
  const sandbox = createSandbox({ dataDir, searchPath: env.searchPath });
  const tools = createVersionTools({ sandbox, registries: env.registries });
  const keyring = createKeyring({ database, dataDir });
  const models = givenModels ?? (await createModels({ sourceParser, keyring }));
  await queue.start();
  await checkQueue.start();
  return {
    database,
    treeObjects: new TreeObjects(),
    notifications,
    queue,
    checkQueue,
    sandbox,
    findBrowser: () => findBrowser({ named: env.chromium, searchPath: env.searchPath }),
    checks: createCheckRunner({ sandbox, tools }),
    models,
    providers: { listProviders: async () => (await models.listProviders?.()) ?? [] },
    keyring,
    defaultModelId: env.defaultModelId,
    spending: spending ?? env.spending,
    contextLimitTokens: env.contextLimitTokens,
    sourceParser,
    codeSchemas: createCodeSchemaReader({ database, sourceParser, threads }),
    threads,
    secrets: createSecretReader({ database, threads }),
    fileIndexes: createFileIndexReader({ database }),
    texts: createTextStore({ database }),
    metrics: createMetrics({ database, notifications, queue }),
    importTurns: createTurns(),
    git: createGitEngine({ directory: join(dataDir, "git"), searchPath: env.searchPath }),
    gitTurns: createTurns(),
    async close() {
      await threads.close();
      await queue.stop();
      await notifications.close();
      await database.close();
    },
  };
}

export function createPreviewContainer({
  connectionString,
  dataDir,
  findBrowser: givenFindBrowser,
  databaseBytes = previewDatabaseBytes,
  now = Date.now,
}: {
  connectionString: string;
  dataDir?: string;
  /** Tests pass their own browser, limit and clock. */
  findBrowser?: () => Promise<BrowserState>;
  databaseBytes?: number;
  now?: () => number;
}): PreviewContainer {
  const env = readEnv();
  logger.level = env.logLevel;
  const onError = (error: Error) => logger.error({ err: error }, "database connection");
  const database = openDatabase({ connectionString, maxConnections: 3, onError });
  const notifications = createNotifications({ database, onError });
  const sandbox = createSandbox({ dataDir: dataDir ?? env.dataDir, searchPath: env.searchPath });
  const threads = createThreadPool({ size: 1, onError: (error) => logger.warn({ err: error }, "thread") });
  return {
    connectionString,
    databaseBytes,
    now,
    database,
    treeObjects: new TreeObjects(),
    notifications,
    sandbox,
    threads,
    findBrowser: givenFindBrowser ?? (() => findBrowser({ named: env.chromium, searchPath: env.searchPath })),
    tools: createVersionTools({ sandbox, registries: env.registries }),
    async close() {
      await threads.close();
      await notifications.close();
      await database.close();
    },
  };
}

/** Loaded lazily: the AI SDK is the largest module that a process loads at its start. */
async function createModels({
  sourceParser,
  keyring,
}: {
  sourceParser: SourceParser;
  keyring: Keyring;
}): Promise<ModelGateway & ProviderDirectory> {
  const [{ createModelGateway }, { createScaffoldModel }] = await Promise.all([
    import("./providers/model-gateway.ts"),
    import("./builtin/scaffold-model.ts"),
  ]);
  return createModelGateway({
    config: readEnv().models,
    readStoredKeys: () => keyring.read(),
    builtinModel: createScaffoldModel({ sourceParser }),
  });
}
