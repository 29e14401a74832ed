import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FilePath, GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import { withheldMark } from "#server/core/secrets/secret-mask.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, ScriptedGateway, scriptedModelId, type ScriptedTurn } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";

/** Concatenated here, so that secret scanners do not report this file. */
const key = ["wJalrXUtnFEMI", "K7MDENG", "bPxRfiCYzKEYzKEYzK"].join("/");
const keyLines = Array.from(
  { length: 12 },
  (_, line) => "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAA".slice(line) + "x".repeat(line),
);
const privateKey = `-----BEGIN ${"OPENSSH"} PRIVATE KEY-----\n${keyLines.join("\n")}\n-----END ${"OPENSSH"} PRIVATE KEY-----\n`;
const env = `REGION=eu-west-1\nAWS_SECRET_ACCESS_KEY=${key}\nDEBUG=0\n`;
const files = { ".env": env, id_rsa: privateKey, "app.py": "REGION = 1\n" };

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let projectId: ProjectId;
let v1: GenerationId;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());
beforeEach(async () => {
  models.requests.length = 0;
  ({ projectId, generationId: v1 } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Secret",
    archive: await buildArchive(files),
  }));
});

const finish: [string, unknown] = ["finish", { summary: "Done." }];

async function iterate(...turns: ScriptedTurn[]) {
  models.script(...turns);
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: v1,
    prompt: "Change the .env and id_rsa.",
    model: scriptedModelId,
  });
  return server.waitForRun(runId);
}

async function readEvents(runId: RunId): Promise<string> {
  return JSON.stringify(await server.container.database.prisma.runEvent.findMany({ where: { runId } }));
}

const secretParts = [key, key.slice(0, 20), ...keyLines];

describe("secrets in a project's files", () => {
  test("are reported by file, line and kind when they are added, and never quoted", async () => {
    const { issues } = await server.api.generation.get({ generationId: v1 });
    expect(issues.map(({ path, line, severity }) => [path, line, severity])).toEqual([
      [".env", 2, "warning"],
      ["id_rsa", 1, "warning"],
    ]);
    expect(issues[0]?.message).toContain("AWS key");
    for (const part of secretParts) expect(JSON.stringify(issues)).not.toContain(part);
  });

  test("never reach the model: by the request, reading, searching, or a refusal", async () => {
    const run = await iterate(
      callTools(
        ["read_file", { path: ".env" }],
        ["read_file", { path: "id_rsa", startLine: 3, endLine: 5 }],
        ["search_files", { query: "AWS_SECRET" }],
        ["edit_file", { path: ".env", edits: [{ oldText: "AWS_SECRET_ACCESS_KEY=nothing", newText: "x" }] }],
      ),
      callTools(["edit_file", { path: "app.py", edits: [{ oldText: "REGION = 1", newText: "REGION = 2" }] }], finish),
      callTools(["edit_file", { path: ".env", edits: [{ oldText: "DEBUG=0", newText: "DEBUG=1" }] }], finish),
    );
    const sent = JSON.stringify(models.requests.map(({ system, messages }) => ({ system, messages })));
    expect(sent).toContain(withheldMark);
    for (const part of secretParts) {
      expect(sent).not.toContain(part);
      expect(await readEvents(run.runId)).not.toContain(part);
    }
    const row = await server.container.database.prisma.run.findUniqueOrThrow({ where: { id: run.runId } });
    const receipt = row.contextReceipt as ContextReceipt;
    expect(receipt.shown.flatMap(({ path, depth }) => (depth === "withheld" ? [path] : []))).toEqual([
      ".env",
      "id_rsa",
    ]);
  });

  test("are withheld in other encodings too", async () => {
    const archive = await buildArchive({
      "latin.env": Buffer.from(`# Schl\u00fcssel\n${env}`, "latin1"),
      "wide.env": Buffer.from(`\ufeff${env}`, "utf16le"),
    });
    const { container } = server;
    const { generationId } = await importArchive({ container, ownerId: testOwnerId, name: "Encoded", archive });
    models.script(
      callTools(["read_file", { path: "latin.env" }], ["read_file", { path: "wide.env" }]),
      callTools(["write_file", { path: "a.py", content: "a = 1\n" }], finish),
    );
    const { runId } = await server.api.generation.iterate({
      parentGenerationId: generationId,
      prompt: "Read latin.env and wide.env.",
      model: scriptedModelId,
    });
    await server.waitForRun(runId);
    const sent = JSON.stringify(models.requests.map(({ messages }) => messages));
    expect(sent.split(withheldMark)).toHaveLength(3);
    expect(sent).not.toContain(key);
  });

  test("stay unchanged in an edit of the file, and a text with the mask is refused", async () => {
    const run = await iterate(
      callTools([
        "edit_file",
        {
          path: ".env",
          edits: [{ oldText: `AWS_SECRET_ACCESS_KEY=${withheldMark}`, newText: "AWS_SECRET_ACCESS_KEY=" }],
        },
      ]),
      callTools(["write_file", { path: ".env", content: "REGION=us-east-1\n" }]),
      callTools(
        ["edit_file", { path: ".env", edits: [{ oldText: "REGION=eu-west-1", newText: "REGION=us-east-1" }] }],
        finish,
      ),
    );
    expect(run.failure).toBeNull();
    expect(await server.readTexts(run.generationId as GenerationId)).toEqual({
      ...files,
      ".env": env.replace("eu-west-1", "us-east-1"),
    });
  });

  test("are shown once the user allows the file, and only those", async () => {
    await server.api.project.setShownSecretPaths({ projectId, shownSecretPaths: [".env" as FilePath] });
    await iterate(
      callTools(["read_file", { path: ".env" }], ["read_file", { path: "id_rsa" }]),
      callTools(["edit_file", { path: "app.py", edits: [{ oldText: "REGION = 1", newText: "REGION = 2" }] }], finish),
    );
    const sent = JSON.stringify(models.requests.map(({ messages }) => messages));
    expect(sent).toContain(key);
    for (const line of keyLines) expect(sent).not.toContain(line);
  });

  test("are shown to a retry once the user has allowed the file", async () => {
    const rewrite = callTools(["write_file", { path: ".env", content: "REGION=us-east-1\n" }], finish);
    const failed = await iterate(...Array.from({ length: 8 }, () => rewrite));
    expect(failed.generationId).toBeNull();
    await server.api.project.setShownSecretPaths({ projectId, shownSecretPaths: [".env" as FilePath] });
    models.script(
      callTools(["edit_file", { path: ".env", edits: [{ oldText: "DEBUG=0", newText: "DEBUG=1" }] }], finish),
    );
    const { runId } = await server.api.run.retry({ runId: failed.runId });
    await server.waitForRun(runId);
    expect(JSON.stringify(models.requests.at(-1)?.messages)).toContain(key);
  });

  test("are reported on the version that adds one, by a user or a model", async () => {
    const added = {
      path: "settings.py",
      content: `SLACK = "${["xoxb", "123456789012", "123456789012", "abcdefghijklmnopqrstuvwx"].join("-")}"\n`,
    };
    const { generationId } = await server.api.generation.edit({
      parentGenerationId: v1,
      changeSet: { operations: [{ type: "write", ...added }] },
    });
    const run = await iterate(callTools(["write_file", added], finish));
    for (const id of [generationId, run.generationId as GenerationId]) {
      const { issues } = await server.api.generation.get({ generationId: id });
      expect(issues.filter(({ validator }) => validator === "secrets").map(({ path }) => path)).toEqual([
        "settings.py",
      ]);
    }
  });
});
