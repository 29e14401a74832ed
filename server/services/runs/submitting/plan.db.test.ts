import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { verifyHistory } from "../../operations/verify-history.ts";
import { listRunEvents } from "#server/store/runs/run-events.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import {
  callTools,
  failTurn,
  hang,
  sayText,
  ScriptedGateway,
  scriptedModelId,
} from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

const files = {
  "app/models.py": "class Task:\n    title: str\n",
  "app/routes.py": "routes = []\n",
  "README.md": "# Tasks\n",
};
const planText = "1. `app/models.py`: add a due date\n2. `app/due.py`: new, with the rule\n3. `README.md`: name it\n";
const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let projectId: ProjectId;
let generationId: GenerationId;

beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(async () => {
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
  await server.close();
});
beforeEach(async () => {
  models.requests.length = 0;
  ({ projectId, generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Planned",
    archive: await buildArchive(files),
  }));
});

type Options = Omit<Parameters<TestServer["api"]["generation"]["iterate"]>[0], "parentGenerationId" | "prompt">;

async function send(options: Options = {}): Promise<RunId> {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: generationId,
    prompt: "Tasks have a due date",
    model: scriptedModelId,
    plan: "always",
    ...options,
  });
  return runId;
}

async function plan(options: Options = {}): Promise<RunId> {
  models.script(sayText(planText));
  const runId = await send(options);
  await server.waitForRun(runId);
  return runId;
}

const write = (...paths: string[]) =>
  callTools(...paths.map((path): [string, unknown] => ["write_file", { path, content: `# ${path}\n` }]), [
    "finish",
    { summary: "Done." },
  ]);

async function accept(runId: RunId, steps: string[], ...turns: Parameters<typeof models.script>) {
  models.script(...turns);
  const accepted = await server.api.run.acceptPlan({ runId, steps });
  return server.waitForRun(accepted.runId);
}

test("a plan is made first, waits for its user, and changes nothing", async () => {
  const runId = await plan();
  expect(await server.api.run.get({ runId })).toMatchObject({
    kind: "plan",
    status: "NEEDS_REVIEW",
    plan: planText.trim().split("\n"),
    holds: null,
    generationId: null,
    usage: { modelCalls: 1 },
  });
  expect(models.requests).toHaveLength(1);
  expect(models.requests[0]?.tools).toEqual([]);
  const thread = await server.api.project.thread({ projectId });
  expect(thread).toMatchObject({
    waitingCount: 1,
    items: [{ runKind: "plan", plan: planText.trim().split("\n") }, {}],
  });
  expect((await server.api.generation.list({ projectId })).items).toHaveLength(1);
  await expect(server.api.run.resolve({ runId, decisions: [] })).rejects.toMatchObject({
    cause: { code: "RUN_NOT_IN_REVIEW" },
  });
});

test("an accepted plan is followed as the user edited it, and the run changes only its files", async () => {
  const runId = await plan();
  const run = await accept(
    runId,
    ["`app/due.py`: new, with the rule", "`app/models.py`: add a due date, and an owner"],
    callTools(
      ["read_file", { path: "app/models.py" }],
      ["read_file", { path: "README.md" }],
      [
        "edit_file",
        { path: "app/models.py", edits: [{ oldText: "    title: str\n", newText: "    title: str\n    due: str\n" }] },
      ],
      ["write_file", { path: "app/due.py", content: "due = 1\n" }],
      ["write_file", { path: "README.md", content: "# Tasks with dates\n" }],
      ["finish", { summary: "Done." }],
    ),
    sayText("The README is outside of what I may change."),
  );
  expect(run).toMatchObject({
    kind: "generate",
    mode: "enhanced",
    status: "SUCCEEDED",
    modeReason: "You accepted a plan.",
    plan: ["1. `app/due.py`: new, with the rule", "2. `app/models.py`: add a due date, and an owner"],
    proposals: { refused: 1, open: 0 },
  });
  // No second plan was requested, and the model received the accepted one.
  const first = models.requests[1]?.messages[0];
  expect(first?.role === "user" && first.parts.some((part) => part.includes("1. `app/due.py`: new"))).toBe(true);
  expect(await server.readTexts(run.generationId as GenerationId)).toEqual({
    ...files,
    "app/models.py": "class Task:\n    title: str\n    due: str\n",
    "app/due.py": "due = 1\n",
  });
  expect(await server.api.run.proposed({ runId: run.runId })).toMatchObject([{ path: "README.md", type: "write" }]);
  // The plan no longer waits, and the version counts for both runs.
  expect(await server.api.run.get({ runId })).toMatchObject({
    status: "SUCCEEDED",
    generationId: run.generationId,
    completedByRunId: run.runId,
  });
  const thread = await server.api.project.thread({ projectId });
  expect(thread.waitingCount).toBe(0);
  expect(thread.items.map(({ kind }) => kind)).toEqual(["generation", "generation"]);
  const brief = await server.api.generation.brief({ generationId: run.generationId as GenerationId });
  expect(brief.plan?.map(({ isDone }) => isDone)).toEqual([true, true]);
});

test("the ledger shows what a plan left undone", async () => {
  const runId = await plan();
  const run = await accept(runId, planText.trim().split("\n"), write("app/due.py"));
  const brief = await server.api.generation.brief({ generationId: run.generationId as GenerationId });
  expect(brief.plan).toMatchObject([
    { isDone: false, missing: ["app/models.py"] },
    { isDone: true },
    { isDone: false, missing: ["README.md"] },
  ]);
});

test("the scope of the request applies to its plan too", async () => {
  const runId = await plan({ scope: { include: ["app/**"] } });
  const run = await accept(
    runId,
    planText.trim().split("\n"),
    write("app/due.py", "README.md", "app/new.py"),
    sayText("The rest is outside."),
  );
  expect(Object.keys(await server.readTexts(run.generationId as GenerationId)).toSorted()).toEqual(
    [...Object.keys(files), "app/due.py"].toSorted(),
  );
  const only = await plan({ scope: { include: ["app/**"] } });
  await expect(server.api.run.acceptPlan({ runId: only, steps: ["README.md: name it"] })).rejects.toMatchObject({
    cause: { code: "INVALID_INPUT" },
  });
});

test("a plan is accepted once at a time, and again if its run made no version", async () => {
  const runId = await plan();
  models.script(hang());
  const steps = ["`app/due.py`: new"];
  const both = await Promise.all([1, 2, 3].map(() => server.api.run.acceptPlan({ runId, steps })));
  expect(new Set(both.map((each) => each.runId)).size).toBe(1);
  // Nothing waits for the user while the plan is followed.
  expect((await server.api.project.thread({ projectId })).waitingCount).toBe(0);
  const [first] = both;
  if (first === undefined) throw new Error("No run was started.");
  await server.api.run.cancel({ runId: first.runId });
  expect(await server.waitForRun(first.runId)).toMatchObject({ status: "CANCELLED", plan: ["1. `app/due.py`: new"] });
  expect((await server.api.run.get({ runId })).status).toBe("NEEDS_REVIEW");
  expect((await server.api.project.thread({ projectId })).waitingCount).toBe(1);
  expect(await accept(runId, steps, write("app/due.py"))).toMatchObject({ status: "SUCCEEDED" });
  await expect(server.api.run.acceptPlan({ runId, steps })).rejects.toMatchObject({
    cause: { code: "RUN_NOT_IN_REVIEW" },
  });
});

test("the retry of an accepted plan follows the same plan within the same files", async () => {
  const runId = await plan();
  const failed = await accept(
    runId,
    ["`app/due.py`: new"],
    failTurn(new AppError({ code: "MODEL_UNAVAILABLE", message: "The model did not answer." })),
  );
  expect(failed.status).toBe("FAILED");
  models.script(write("app/due.py", "README.md"), sayText("The rest is outside."));
  const { runId: retried } = await server.api.run.retry({ runId: failed.runId });
  const run = await server.waitForRun(retried);
  expect(run).toMatchObject({ status: "SUCCEEDED", plan: ["1. `app/due.py`: new"] });
  expect((await server.readTexts(run.generationId as GenerationId))["README.md"]).toBe(files["README.md"]);
  expect((await server.api.run.get({ runId })).status).toBe("SUCCEEDED");
});

test("a held result of a plan completes it once it is accepted", async () => {
  const runId = await plan();
  const held = await accept(
    runId,
    ["`app/due.py`: new"],
    callTools(
      ["write_file", { path: "app/due.py", content: "due = 1\n" }],
      ["finish", { summary: "A part.", notDone: ["the rest"] }],
    ),
  );
  expect(held.status).toBe("NEEDS_REVIEW");
  await server.api.run.resolve({ runId: held.runId, decisions: [{ path: "app/due.py", decision: "accept" }] });
  expect(await server.api.run.get({ runId })).toMatchObject({ status: "SUCCEEDED", completedByRunId: held.runId });
});

test("a discarded plan no longer waits and starts nothing", async () => {
  const runId = await plan();
  expect(await server.api.run.cancel({ runId })).toMatchObject({ status: "CANCELLED" });
  await expect(server.api.run.acceptPlan({ runId, steps: ["`app/due.py`: new"] })).rejects.toMatchObject({
    cause: { code: "RUN_NOT_IN_REVIEW" },
  });
});

test("a prompt queued behind a plan continues from the accepted plan's version", async () => {
  models.script(sayText(planText));
  const runId = await send();
  const { runId: queued } = await server.api.generation.iterate({
    parentGenerationId: generationId,
    prompt: "And then this",
    model: scriptedModelId,
    mode: "classic",
    queue: { afterRunId: runId },
  });
  await server.waitForRun(runId);
  expect((await server.api.run.get({ runId: queued })).waitsFor).toMatchObject({ status: "NEEDS_REVIEW" });
  models.script(write("app/due.py"), write("app/then.py"));
  const accepted = await server.api.run.acceptPlan({ runId, steps: ["`app/due.py`: new"] });
  const { generationId: made } = await server.waitForRun(accepted.runId);
  expect(await server.waitForRun(queued)).toMatchObject({ status: "SUCCEEDED", parentGenerationId: made });
});

test("a plan streams from its first words, even if nobody has to accept it", async () => {
  const streamed = (text: string) => async (request: Parameters<ReturnType<typeof sayText>>[0]) => {
    for (const line of text.split(/(?<=\n)/)) request.onDelta({ type: "text", delta: line });
    return sayText(text)(request);
  };
  models.script(streamed(planText));
  const runId = await send();
  await server.waitForRun(runId);
  models.script(streamed(planText), write("app/due.py"));
  const enhanced = await send({ plan: "auto", mode: "enhanced" });
  expect(await server.waitForRun(enhanced)).toMatchObject({ kind: "generate", status: "SUCCEEDED" });
  for (const each of [runId, enhanced]) {
    const events = await listRunEvents({
      database: server.container.database,
      runId: each,
      afterSequence: 0,
      limit: 1_000,
    });
    const text = events.flatMap(({ event }) => (event.type === "plan.delta" ? [event.delta] : [])).join("");
    expect(text).toBe(planText);
  }
});

test("the option `never` makes no plan, whatever the mode is", async () => {
  models.script(write("app/due.py"));
  const runId = await send({ plan: "never", mode: "enhanced" });
  expect(await server.waitForRun(runId)).toMatchObject({ mode: "classic", status: "SUCCEEDED", plan: [] });
});
