import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ProviderOutput } from "#lib/contracts/model.ts";
import { restoreBackup, writeBackup } from "#server/database/backup.ts";
import { createKeyring } from "#server/keys/keyring.ts";
import { createModelGateway } from "#server/providers/model-gateway.ts";
import { createScriptedModel } from "#server/providers/testing/scripted-model.ts";
import type { ModelConfig } from "#server/providers/model-config.ts";
import { startLoopbackModelServer, type LoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import type { LoopbackReply } from "#server/providers/testing/loopback-reply.ts";
import { openDatabase } from "#server/store/database.ts";
import { createEmptyTestDatabase, createTestDatabase } from "#server/testing/test-database.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";

const secret = "sk-zebra-4471-pasted-key-of-a-user";
const modelId = "anthropic:claude-haiku-5-5" as ModelId;

let wire: LoopbackModelServer;
let reply: LoopbackReply = { text: "" };
let web: Process;
let worker: Process;
let close = async () => {};

type Process = { server: TestServer; gateway: ReturnType<typeof createModelGateway> };

/** Acts as a separate process for keys: its own gateway, its own reader of key file and rows. */
async function startProcess({
  connectionString,
  dataDir,
  config = {},
}: {
  connectionString: string;
  dataDir: string;
  config?: Partial<ModelConfig>;
}): Promise<Process> {
  const database = openDatabase({ connectionString, maxConnections: 2, onError: () => undefined });
  const keyring = createKeyring({ database, dataDir });
  const gateway = createModelGateway({
    config: { baseUrls: { anthropic: wire.url, openai: wire.url }, compatibleTools: "on", ...config },
    readStoredKeys: () => keyring.read(),
    builtinModel: createScriptedModel([]),
  });
  const server = await startTestServer({ models: gateway, connectionString, dataDir });
  onClose.push(async () => {
    await server.close();
    await database.close();
  });
  return { server, gateway };
}
const onClose: (() => Promise<void>)[] = [];

let dataDir = "";
let connectionString = "";

beforeAll(async () => {
  wire = await startLoopbackModelServer({ respond: () => reply });
  dataDir = await mkdtemp(join(tmpdir(), "graft-keys-"));
  const database = await createTestDatabase();
  ({ connectionString } = database);
  web = await startProcess({ connectionString, dataDir });
  worker = await startProcess({ connectionString, dataDir });
  close = async () => {
    for (const end of onClose.toReversed()) await end();
    await database.drop();
    await wire.close();
    await rm(dataDir, { recursive: true, force: true });
  };
});
afterAll(() => close());

const find = (providers: ProviderOutput[], name: string) => providers.find(({ provider }) => provider === name);

async function findModel({ server }: Process) {
  return (await server.api.model.list()).find((model) => model.modelId === modelId);
}

test("a pasted key makes models available at once in every process, is tested with one call, and stops with its removal", async () => {
  expect(await findModel(worker)).toMatchObject({
    isAvailable: false,
    reason: "Paste a key in the settings, or set ANTHROPIC_API_KEY and start again, to use this model.",
  });
  const answered = await web.server.api.model.setKey({ provider: "anthropic", key: ` ${secret} ` });
  expect(find(answered, "anthropic")).toMatchObject({ keySource: "stored", testModelId: modelId });
  expect(find(answered, "anthropic")?.storedAt).toMatch(/^\d{4}-/);
  expect(await findModel(worker)).toMatchObject({ isAvailable: true });
  reply = { text: " OK\n" };
  expect(await worker.server.api.model.test({ modelId })).toMatchObject({ answer: "OK" });
  expect(wire.requests.at(-1)?.headers["x-api-key"]).toBe(secret);
  reply = { status: 401, body: { error: { message: `invalid x-api-key ${secret}` } } };
  await expect(worker.server.api.model.test({ modelId })).rejects.toThrow(
    'The provider of Claude Haiku 5.5 did not accept the key. Paste another key in the settings. It said: "invalid x-api-key [redacted]"',
  );
  await web.server.api.model.removeKey({ provider: "anthropic" });
  expect(await findModel(worker)).toMatchObject({ isAvailable: false });
  await expect(worker.server.api.model.test({ modelId })).rejects.toMatchObject({
    cause: { code: "MODEL_UNAVAILABLE" },
  });
});

test("a stored key is in no response, row or backup in plain text; the key file is private to its owner and in no backup", async () => {
  const answers = [
    await web.server.api.model.setKey({ provider: "openai", key: secret }),
    await web.server.api.model.providers(),
    await web.server.api.model.list(),
  ];
  expect(JSON.stringify(answers)).not.toContain("zebra");
  const rows = await web.server.container.database.prisma.providerKey.findMany();
  expect(rows.map(({ sealed }) => Buffer.from(sealed).includes("zebra"))).toEqual([false]);
  const keyFile = join(dataDir, "provider-keys.key");
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  const path = join(dataDir, "backup.jsonl.gz");
  await writeBackup({ connectionString, path });
  const backup = gunzipSync(await readFile(path)).toString("utf8");
  const masterKey = Buffer.from((await readFile(keyFile, "utf8")).trim(), "hex");
  for (const form of [secret, Buffer.from(secret).toString("hex"), Buffer.from(secret).toString("base64")])
    expect(backup).not.toContain(form);
  for (const form of ["hex", "base64"] as const) expect(backup).not.toContain(masterKey.toString(form));

  const restored = await createEmptyTestDatabase();
  onTestFinished(restored.drop);
  await restoreBackup({ connectionString: restored.connectionString, path });
  const elsewhere = createKeyring({
    database: openDatabase({
      connectionString: restored.connectionString,
      maxConnections: 1,
      onError: () => undefined,
    }),
    dataDir: join(dataDir, "elsewhere"),
  });
  expect([...(await elsewhere.read()).values()]).toMatchObject([{ value: null }]);
});

test("the environment takes precedence over a stored key, which is shown as stored and kept", async () => {
  await web.server.api.model.setKey({ provider: "anthropic", key: secret });
  const configured = await startProcess({
    connectionString,
    dataDir,
    config: { keys: { anthropic: "sk-from-the-environment" } },
  });
  const provider = find(await configured.server.api.model.providers(), "anthropic");
  expect(provider).toMatchObject({ keySource: "environment", keyVariable: "ANTHROPIC_API_KEY" });
  expect(provider?.storedAt).not.toBeNull();
  reply = { text: "OK" };
  await configured.server.api.model.test({ modelId });
  expect(wire.requests.at(-1)?.headers["x-api-key"]).toBe("sk-from-the-environment");
});

test("with another key file the settings report an unreadable key, and pasting it again helps", async () => {
  await web.server.api.model.setKey({ provider: "anthropic", key: secret });
  const elsewhere = await startProcess({ connectionString, dataDir: join(dataDir, "other-host") });
  expect(find(await elsewhere.server.api.model.providers(), "anthropic")).toMatchObject({ keySource: "unreadable" });
  expect(await findModel(elsewhere)).toMatchObject({
    isAvailable: false,
    reason: "The stored key cannot be read on this host. Paste it again in the settings to use this model.",
  });
  await elsewhere.server.api.model.setKey({ provider: "anthropic", key: secret });
  expect(await findModel(elsewhere)).toMatchObject({ isAvailable: true });
});

test("a key that no header can carry is refused with its reason", async () => {
  for (const key of ["", "two words", "ключ", "a\nb", "x".repeat(1_001)])
    await expect(web.server.api.model.setKey({ provider: "openai", key })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
});
