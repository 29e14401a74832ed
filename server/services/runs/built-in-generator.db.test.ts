import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { createScaffoldModel } from "#server/builtin/scaffold-model.ts";
import { createModelGateway } from "#server/providers/model-gateway.ts";
import { listRunEvents } from "#server/store/runs/run-events.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { examplePrompts } from "../../../components/composer/example-prompts.ts";

let server: TestServer;
beforeAll(async () => {
  const builtinModel = createScaffoldModel({ sourceParser: await loadSourceParser(), chunkDelayMs: 0 });
  server = await startTestServer({ models: createModelGateway({ config: { compatibleTools: "off" }, builtinModel }) });
}, 60_000);
afterAll(() => server.close());

async function create(prompt: string): Promise<RunOutput> {
  const { runId } = await server.api.generation.create({ prompt, model: "builtin:scaffold", mode: "classic" });
  return server.waitForRun(runId);
}

async function iterate({ generationId }: RunOutput, prompt: string): Promise<RunOutput> {
  if (generationId === null) throw new Error("The run made no version.");
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: generationId,
    prompt,
    model: "builtin:scaffold",
    mode: "classic",
  });
  return server.waitForRun(runId);
}

/** The last event of a run: the summary of its version, or why it is held. */
async function readEnd({ runId }: RunOutput): Promise<string> {
  const { database } = server.container;
  const end = (await listRunEvents({ database, runId, afterSequence: 0, limit: 10_000 })).at(-1)?.event;
  if (end?.type === "succeeded") return end.summary;
  return end?.type === "needs.review" ? end.reason : "";
}

describe("the built-in generator says what it understood", () => {
  test.each(examplePrompts)("and understands the example completely: %s", async (prompt) => {
    const run = await create(prompt);
    expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { open: 0, refused: 0 } });
    expect(await readEnd(run)).toMatch(/^Understood: \d entities \(.+\), \d+ fields, \d relations?\. Created /);
    expect(await readEnd(run)).not.toContain("Not understood");
  });

  test("a partly understood prompt is held with the gap in the user's words, and can be saved", async () => {
    const run = await create(
      "Projects have a name. Tasks have a title and belong to a project. Send a report to the boss every week.",
    );
    expect(run).toMatchObject({
      status: "NEEDS_REVIEW",
      generationId: null,
      proposals: { open: 1 },
      holds: { isPartial: true, issues: [] },
    });
    expect(await readEnd(run)).toContain('Not done: "Send a report to the boss every week".');
    expect(run.proposals.rows.filter(({ outcome }) => outcome === "open")).toMatchObject([
      { name: "not done:", reason: '"Send a report to the boss every week"' },
    ]);
    const paths = run.holds?.changes.map(({ path }) => String(path)) ?? [];
    expect(paths).toContain("app/models/task.py");
    const saved = await server.api.run.resolve({
      runId: run.runId,
      decisions: paths.map((path) => ({ path, decision: "accept" as const })),
    });
    expect(saved).toMatchObject({ generationId: expect.any(String) as string });
    const after = await server.api.run.get({ runId: run.runId });
    expect(after.proposals).toMatchObject({ open: 0, refused: 1 });
  });

  test("a prompt that is not understood at all fails, and the message has the user's words", async () => {
    const run = await create("Write a haiku about autumn leaves");
    expect(run).toMatchObject({ status: "FAILED", failure: { code: "NO_CHANGES" }, generationId: null });
    expect(run.failure?.message).toContain('"Write a haiku about autumn leaves"');
  });

  test("a partly understood change is held as well, and complete ones make versions", async () => {
    const first = await create(examplePrompts[0] ?? "");
    const whole = await iterate(first, "Add a priority field to tasks");
    expect(whole).toMatchObject({ status: "SUCCEEDED", proposals: { open: 0 } });
    const part = await iterate(first, "Add priority to tasks and send an email to the owner");
    expect(part).toMatchObject({ status: "NEEDS_REVIEW", generationId: null, proposals: { open: 1 } });
    expect(await readEnd(part)).toContain('Not done: "send an email to the owner".');
    expect(part.holds?.changes.map(({ path }) => String(path))).toContain("app/models/task.py");
    const none = await iterate(first, "Make it blazingly fast");
    expect(none).toMatchObject({ status: "FAILED", failure: { code: "NO_CHANGES" } });
  });
});
