import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GenerationId, ModelId, ProjectId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { createLoopbackGateway, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import type { LoopbackToolCall, StreamedReply } from "#server/providers/testing/loopback-reply.ts";
import {
  readLoopbackRequest,
  type LoopbackRequest,
  type LoopbackWire,
} from "#server/providers/testing/loopback-request.ts";
import { toLoopbackEvents } from "#server/providers/testing/loopback-wires.ts";
import { startFaultRun } from "../fault-run.ts";
import { hashTexts } from "../history/history-oracle.ts";
import { CaseGateway } from "./case-gateway.ts";
import { damageKinds, damageStream, harmlessKinds, toResponse } from "./damage-stream.ts";
import { forEachAtOnce, parentFiles, startFaultService, type FaultService } from "./fault-service.ts";

const url = "http://127.0.0.1:9/v1";
const newPath = "app/schema.py";
const newText = "class Task:\n    title: str\n    größe: int\n";
const editedPath = "app/module_03.py";
type Hashes = Record<string, string>;
const wholeHashes: Hashes = hashTexts(
  new Map(Object.entries({ ...parentFiles, [newPath]: newText, [editedPath]: "def part_3():\n    return 300\n" })),
);
const goodCalls: LoopbackToolCall[] = [
  { name: "write_file", arguments: { path: newPath, content: newText } },
  { name: "edit_file", arguments: { path: editedPath, edits: [{ oldText: "return 3\n", newText: "return 300\n" }] } },
  { name: "finish", arguments: { summary: "Added the schema." } },
];
const wires: { wire: LoopbackWire; modelId: ModelId }[] = [
  { wire: "chat", modelId: loopbackModelIds.compatible },
  { wire: "messages", modelId: loopbackModelIds.anthropic },
];

const models = new CaseGateway(createLoopbackGateway({ url }));
let service: FaultService;
let projectId: ProjectId;
let parentGenerationId: GenerationId;

beforeAll(async () => {
  service = await startFaultService({ models });
  ({ projectId, generationId: parentGenerationId } = await service.importProject(parentFiles));
  await service.remember();
});
afterAll(() => service.close());

/** A run whose model server sends `respond`'s result for each request, without a socket. */
async function runWith({
  name,
  wire,
  modelId,
  respond,
}: {
  name: string;
  wire: LoopbackWire;
  modelId: ModelId;
  respond: (request: LoopbackRequest, call: number) => Response;
}): Promise<{ run: RunOutput; hashes: Hashes | null }> {
  let callCount = 0;
  const gateway = createLoopbackGateway({
    url,
    fetch: async (_, init) => {
      callCount += 1;
      return respond(
        readLoopbackRequest({ wire, body: JSON.parse(String(init?.body)) as Record<string, unknown>, headers: {} }),
        callCount,
      );
    },
  });
  const mark = models.assign({ name, gateway });
  const { runId } = await service.api.generation.iterate({
    parentGenerationId,
    prompt: `Add missing schema file ${mark}`,
    model: modelId,
  });
  const run = await service.waitForRun(service.acknowledge(runId));
  return { run, hashes: run.generationId === null ? null : await readHashes(run.generationId) };
}

/** Path to content hash: equivalent to the texts, in one request. */
async function readHashes(generationId: GenerationId): Promise<Hashes> {
  const { items } = await service.api.generation.files({ generationId });
  return Object.fromEntries(items.map(({ path, contentHash }) => [path, contentHash]));
}

function toWholeResponse({ request, reply }: { request: LoopbackRequest; reply: StreamedReply }): Response {
  return toResponse({
    chunks: toLoopbackEvents({ request, reply }).map(({ text }) => new TextEncoder().encode(text)),
    isBroken: false,
  });
}

/**
 * Asserts the invariants of every end: a version has everything unnamed, and an end without one has a reason and leaves
 * the head.
 */
function findLoss({ run, hashes }: { run: RunOutput; hashes: Hashes | null }): string | null {
  if (hashes === null) {
    if (
      run.status === "NEEDS_REVIEW" ||
      (run.status === "FAILED" && run.failure?.message.endsWith("the parent is unchanged.") === true)
    )
      return null;
    return `ended as ${run.status} without a version and with ${JSON.stringify(run.failure)}`;
  }
  if (run.status !== "SUCCEEDED") return `ended as ${run.status} with a version`;
  const changed = Object.keys(parentFiles).filter((path) => path !== editedPath && hashes[path] !== wholeHashes[path]);
  return changed.length === 0 ? null : `lost or changed ${changed.join(", ")}`;
}

describe("B2", () => {
  test("a recorded stream that is cut, flipped, repeated, merged or split gives the whole answer or none", async () => {
    const faultRun = startFaultRun({ suite: "B2", eachChange: 500, nightly: 5_000 });
    const broken: string[] = [];
    const counts: Record<string, number> = {};
    const cases = Array.from({ length: faultRun.size }, () => ({
      kind: faultRun.pick(damageKinds),
      ...faultRun.pick(wires),
    }));
    await forEachAtOnce({
      items: cases,
      width: 8,
      work: async ({ kind, wire, modelId }, index) => {
        const reply: StreamedReply = {
          text: "Ich schreibe es größer. 👋🏽",
          toolCalls: goodCalls,
          chunkSize: faultRun.integer({ min: 4, max: 40 }),
        };
        const name = `B2 ${index} ${kind} ${wire}`;
        // Every try of the call is damaged in the same way, at its own position.
        const ended = await runWith({
          name,
          wire,
          modelId,
          respond: (request, call) =>
            call > 3
              ? toWholeResponse({ request, reply: { text: "Done." } })
              : toResponse(
                  damageStream({
                    events: toLoopbackEvents({ request, reply }).map(({ text }) => text),
                    kind,
                    faultRun,
                  }),
                ),
        });
        const loss =
          findLoss(ended) ??
          (harmlessKinds.has(kind)
            ? findDifference(ended)
            : kind === "cut" || kind === "broken"
              ? findPart(ended)
              : null);
        if (loss !== null) broken.push(`${name}: ${loss}`);
        const outcome = `${kind} ${ended.run.status.toLowerCase()}`;
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      },
    });
    faultRun.report({
      ...Object.fromEntries(Object.entries(counts).sort()),
      broken: broken.length,
      ...(await service.expectInvariants()),
    });
    expect(broken).toEqual([]);
    expect(counts).toMatchObject({
      "cut failed": expect.any(Number) as number,
      "broken failed": expect.any(Number) as number,
    });
  });
});

function findDifference({ hashes }: { hashes: Hashes | null }): string | null {
  const differing = [...new Set([...Object.keys(wholeHashes), ...Object.keys(hashes ?? {})])].filter(
    (path) => hashes?.[path] !== wholeHashes[path],
  );
  return differing.length === 0 ? null : `is not the whole answer: ${differing.join(", ")} differ`;
}

/** A cut leaves no part of the answer as a version. */
function findPart(ended: { hashes: Hashes | null }): string | null {
  return ended.hashes === null ? null : findDifference(ended);
}

type Malformed = { name: string; reply: StreamedReply };

/** Typical malformed outputs of models. None of it may become part of a version. */
const malformedAnswers: Malformed[] = [
  { name: "prose", reply: { text: "I would add a schema file with a class Task." } },
  { name: "nothing", reply: { text: "" } },
  { name: "blanks", reply: { text: " \n\n\t " } },
  {
    name: "a code block for a model with tools",
    reply: { text: "app/schema.py\n```python\nclass Task:\n    pass\n```" },
  },
  {
    name: "arguments that end early",
    reply: calling({ name: "write_file", arguments: '{"path": "app/bad.py", "content": "x = ' }),
  },
  {
    name: "arguments that are no JSON",
    reply: calling({ name: "write_file", arguments: "path=app/bad.py content=x" }),
  },
  { name: "arguments that are a list", reply: calling({ name: "write_file", arguments: "[1, 2]" }) },
  { name: "arguments without a content", reply: calling({ name: "write_file", arguments: { path: "app/bad.py" } }) },
  {
    name: "a content that is a number",
    reply: calling({ name: "write_file", arguments: { path: "app/bad.py", content: 1 } }),
  },
  { name: "a tool that is not there", reply: calling({ name: "run_command", arguments: { command: "rm -rf /" } }) },
  {
    name: "an edit that does not apply",
    reply: calling({
      name: "edit_file",
      arguments: { path: editedPath, edits: [{ oldText: "not in this file at all", newText: "x" }] },
    }),
  },
  {
    name: "an edit of a file that is not there",
    reply: calling({ name: "edit_file", arguments: { path: "app/bad.py", edits: [{ oldText: "a", newText: "b" }] } }),
  },
  {
    name: "an edit that fits in several places",
    reply: calling({ name: "edit_file", arguments: { path: editedPath, edits: [{ oldText: "r", newText: "x" }] } }),
  },
  { name: "an edit without edits", reply: calling({ name: "edit_file", arguments: { path: editedPath, edits: [] } }) },
  {
    name: "a path that leaves the project",
    reply: calling({ name: "write_file", arguments: { path: "../bad.py", content: "x = 1\n" } }),
  },
  {
    name: "a path below .git",
    reply: calling({ name: "write_file", arguments: { path: ".git/config", content: "[core]\n" } }),
  },
  {
    name: "the deletion of a file that is not there",
    reply: calling({ name: "delete_file", arguments: { path: "app/bad.py" } }),
  },
  {
    name: "a move onto a file that is there",
    reply: calling({ name: "move_file", arguments: { source: editedPath, destination: "app/module_04.py" } }),
  },
  {
    name: "an answer at its limit, in the middle of a file",
    reply: {
      ...calling({ name: "write_file", arguments: '{"path": "app/bad.py", "content": "x = ' }),
      finish: "length",
    },
  },
  {
    name: "code that does not parse",
    reply: calling({ name: "write_file", arguments: { path: "app/bad.py", content: "def broken(:\n" } }),
  },
];

function calling(call: LoopbackToolCall): StreamedReply {
  return { toolCalls: [call, { name: "finish", arguments: { summary: "Done." } }] };
}

describe("B3", () => {
  test("a malformed output is never part of a version, however often it is sent, and a good one after it is complete", async () => {
    const faultRun = startFaultRun({ suite: "B3", eachChange: 100, nightly: 500 });
    const broken: string[] = [];
    const counts: Record<string, number> = {};
    const cases = Array.from({ length: faultRun.size }, () => ({
      malformed: faultRun.pick(malformedAnswers),
      // Up to the retries of a run, and endlessly.
      times: faultRun.pick([1, 1, 2, 3, Number.POSITIVE_INFINITY]),
      ...faultRun.pick(wires),
    }));
    await forEachAtOnce({
      items: cases,
      width: 8,
      work: async ({ malformed, times, wire, modelId }, index) => {
        const name = `B3 ${index} ${malformed.name}, ${times} times, ${wire}`;
        const ended = await runWith({
          name,
          wire,
          modelId,
          respond: (request, call) =>
            toWholeResponse({ request, reply: call <= times ? malformed.reply : { toolCalls: goodCalls } }),
        });
        const loss =
          findLoss(ended) ??
          (ended.hashes === null ? null : findDifference(ended)) ??
          (times === Number.POSITIVE_INFINITY && ended.hashes !== null ? "became a version" : null);
        if (loss !== null) broken.push(`${name}: ${loss}`);
        const outcome = ended.run.failure?.code ?? ended.run.status;
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      },
    });
    faultRun.report({
      ...Object.fromEntries(Object.entries(counts).sort()),
      broken: broken.length,
      ...(await service.expectInvariants()),
    });
    expect(broken).toEqual([]);
    expect(counts["SUCCEEDED"]).toBeGreaterThan(0);
    expect((await service.api.project.get({ projectId })).generationCount).toBeGreaterThan(1);
  });
});
