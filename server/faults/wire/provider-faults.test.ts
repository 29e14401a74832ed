import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { createLoopbackGateway, loopbackKey, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer, type LoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import { isPlainReply, type LoopbackReply, type LoopbackToolCall } from "#server/providers/testing/loopback-reply.ts";
import type { LoopbackRequest } from "#server/providers/testing/loopback-request.ts";
import { providerFaults, type ProviderFault } from "#server/providers/testing/provider-faults.ts";
import { startFaultRun } from "../fault-run.ts";
import { CaseGateway } from "./case-gateway.ts";
import { forEachAtOnce, parentFiles, startFaultService, type FaultService } from "./fault-service.ts";

const limits = { headerTimeoutMs: 20_000, idleTimeoutMs: 20_000, totalTimeoutMs: 60_000, maxResponseBytes: 300_000 };
/** Only for servers that stall forever, so that a busy machine is not mistaken for one. */
const shortLimits = { ...limits, headerTimeoutMs: 300, idleTimeoutMs: 300 };

type Step = "first" | "middle" | "last";
const steps: Step[] = ["first", "middle", "last"];

/** The model's steps in a faultless run: it reads, writes one file, writes another and finishes. */
const calls: Record<Step, LoopbackToolCall[]> = {
  first: [{ name: "read_file", arguments: { path: "app/module_00.py" } }],
  middle: [{ name: "write_file", arguments: { path: "app/schema.py", content: "class Task:\n    title: str\n" } }],
  last: [
    { name: "write_file", arguments: { path: "app/other.py", content: "other = 1\n" } },
    { name: "finish", arguments: { summary: "Added the schema." } },
  ],
};
const wholeTexts = { ...parentFiles, "app/schema.py": "class Task:\n    title: str\n", "app/other.py": "other = 1\n" };

/** Determined by the previous answers, so that a repeated call is the same step. */
function findStep({ messages }: LoopbackRequest): Step {
  const results = messages.filter(({ role }) => role === "tool").map(({ text }) => text);
  if (results.some((text) => text.startsWith("Applied: app/schema.py"))) return "last";
  return results.some((text) => text.includes("def part_0()")) ? "middle" : "first";
}

/** After these a retry continues after the last answered call; after others everything restarts. */
const resumedCodes = new Set(["MODEL_UNAVAILABLE", "RATE_LIMITED", "PROVIDER_AUTH", "MODEL_OUTPUT_INVALID"]);

type Case = { fault: ProviderFault; step: Step };

describe.each(["compatible", "anthropic"] as const)("%s", (vendor) => {
  const modelId = loopbackModelIds[vendor];
  const faultRun = startFaultRun({ suite: `B1 ${vendor}`, eachChange: 1, nightly: 1 });
  const rows = providerFaults.filter(({ only }) => only === undefined || only === vendor);
  const models = new CaseGateway(createLoopbackGateway({ url: "http://127.0.0.1:9/v1" }));
  let service: FaultService;
  let parentGenerationId: GenerationId;

  beforeAll(async () => {
    service = await startFaultService({ models });
    ({ generationId: parentGenerationId } = await service.importProject(parentFiles));
    await service.remember();
  });
  afterAll(() => service.close());

  async function runCase({ fault, step }: Case): Promise<void> {
    let isFaulty = true;
    const server = await startLoopbackModelServer({
      respond: (request) => {
        const asked = findStep(request);
        return isFaulty && asked === step ? damage({ fault, step }) : { toolCalls: calls[asked] };
      },
    });
    try {
      const hangs = !isPlainReply(fault.reply) && fault.reply.fault?.type === "hang";
      const gateway = createLoopbackGateway({ url: server.url, limits: hangs ? shortLimits : limits });
      const prompt = `Add missing schema file ${models.assign({ name: `${fault.name}, ${step}`, gateway })}`;
      const { runId } = await service.api.generation.iterate({ parentGenerationId, prompt, model: modelId });
      service.acknowledge(runId);
      const run = await service.waitForRun(runId);
      if ("turn" in fault.expected) return await expectUsable({ run });
      expectFailed({ run, expected: fault.expected, step, server });

      isFaulty = false;
      models.assign({ name: `${fault.name}, ${step}`, gateway: createLoopbackGateway({ url: server.url, limits }) });
      const retry = await service.waitForRun(service.acknowledge((await service.api.run.retry({ runId })).runId));
      expect(retry).toMatchObject({ status: "SUCCEEDED", failure: null });
      await expectWhole(retry);
      for (const earlier of steps.slice(0, steps.indexOf(step))) {
        const answered = server.requests.filter((request) => findStep(request) === earlier).length;
        expect({ [earlier]: answered }).toEqual({ [earlier]: resumedCodes.has(fault.expected.code) ? 1 : 2 });
      }
    } finally {
      await server.close();
    }
  }

  /** A fault that leaves a usable answer: the result is complete, or the run says that it is not. */
  async function expectUsable({ run }: { run: RunOutput }): Promise<void> {
    if (run.status === "SUCCEEDED") await expectWhole(run);
    else
      expect(run).toMatchObject({
        status: expect.stringMatching(/^(FAILED|NEEDS_REVIEW)$/),
        generationId: null,
        failure: { code: expect.stringMatching(/^(NO_CHANGES|EDIT_FAILED|MODEL_OUTPUT_INVALID)$/) },
      });
  }

  async function expectWhole({ generationId }: { generationId: GenerationId | null }): Promise<void> {
    const { items } = await service.api.generation.files({ generationId: generationId ?? "" });
    const texts = await Promise.all(
      items.map(async ({ path }) => [
        path,
        (await service.api.generation.file({ generationId: generationId ?? "", path })).content,
      ]),
    );
    expect(Object.fromEntries(texts)).toEqual(wholeTexts);
  }

  test("a run ends according to the fault, its parent is unchanged, and a retry pays for no answered call again", async () => {
    const cases = rows.flatMap((fault) => steps.map((step): Case => ({ fault, step })));
    const broken: string[] = [];
    await forEachAtOnce({
      items: cases,
      width: 8,
      work: async (one) => {
        await runCase(one).catch((error: unknown) =>
          broken.push(`${one.fault.name}, at the ${one.step} call: ${String(error)}`),
        );
      },
    });
    faultRun.report({
      faults: rows.length,
      cases: cases.length,
      broken: broken.length,
      ...(await service.expectInvariants()),
    });
    expect(broken).toEqual([]);
    expect(await service.api.generation.get({ generationId: parentGenerationId })).toMatchObject({ version: 1 });
  });
});

/** The fault applied to this step's own answer. */
function damage({ fault: { reply }, step }: Case): LoopbackReply {
  if (isPlainReply(reply)) return reply;
  const { text: _text, toolCalls: _toolCalls, ...rest } = reply;
  return { ...rest, toolCalls: calls[step] };
}

function expectFailed({
  run,
  expected,
  step,
  server,
}: {
  run: RunOutput;
  expected: { code: string; requests: number; says?: RegExp };
  step: Step;
  server: LoopbackModelServer;
}): void {
  const { failure } = run;
  expect(run).toMatchObject({ status: "FAILED", generationId: null, failure: { code: expected.code } });
  if (expected.says !== undefined) expect(failure?.message).toMatch(expected.says);
  expect(failure?.message).toMatch(/ No version was made; the parent is unchanged\.$/);
  expect(JSON.stringify(run)).not.toContain(loopbackKey);
  // What was complete before the fault is visible; the faulty part is not in it.
  expect(run.holds?.changes.map(({ path }) => path) ?? []).toEqual(step === "last" ? ["app/schema.py"] : []);
  expect(server.requests.filter((request) => findStep(request) === step)).toHaveLength(expected.requests);
}
