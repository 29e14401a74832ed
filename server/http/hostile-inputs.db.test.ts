import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { listInputVariants, replaceAt, type InputLeaf } from "#server/testing/input-variants.ts";
import { listProcedures } from "#server/testing/list-procedures.ts";
import { ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { acceptLegacyCreation, acceptLegacyIteration } from "./accept-legacy-request.ts";
import { handleApiRequest } from "./handle-api-request.ts";
import { handleTrpcRequest } from "./handle-trpc-request.ts";

/** Hand-written JSON, because a deeply nested value cannot be created otherwise. */
type HostileValue = { name: string; json: string };

const hostileValues: HostileValue[] = [
  { name: "NUL", json: '"a\\u0000b"' },
  { name: "half of a pair", json: '"a\\ud800b"' },
  { name: "half of a pair alone", json: '"\\udfff"' },
  { name: "empty", json: '""' },
  { name: "white space", json: '" \\u00a0\\u2028"' },
  { name: "1 MB", json: JSON.stringify("x".repeat(1_000_000)) },
  { name: "SQL and patterns", json: JSON.stringify("%_\\'\"; DROP TABLE x; --${}{{}}") },
  { name: "a number above all integers", json: "1e300" },
  { name: "an integer above 32 bits", json: "4294967296" },
  { name: "an integer in words, above 32 bits", json: '"99999999999999999999"' },
  { name: "negative", json: "-1" },
  { name: "a fraction", json: "0.5" },
  { name: "null", json: "null" },
  { name: "true", json: "true" },
  { name: "a list", json: "[[]]" },
  { name: "an object with a prototype", json: '{"__proto__":{"a":1},"constructor":1}' },
  { name: "20,000 objects deep", json: `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}` },
  { name: "20,000 lists deep", json: `${"[".repeat(20_000)}${"]".repeat(20_000)}` },
];

const marker = "here stands the hostile value";

let server: TestServer;
/** Samples with existing ids and paths, so that requests get past the look-up. */
let known: Record<string, unknown>;

beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
  const { projectId, generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Attacked",
    archive: await buildArchive({ "a.txt": "one\ntwo\n" }),
  });
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: generationId,
    prompt: "x",
    model: scriptedModelId,
  });
  await server.waitForRun(runId);
  const other = await server.api.generation.edit({
    parentGenerationId: generationId,
    changeSet: { operations: [{ type: "write", path: "a.txt", content: "ONE\ntwo\n" }] },
  });
  const generations: Record<string, GenerationId> = {
    parentGenerationId: generationId,
    toGenerationId: generationId,
    fromGenerationId: generationId,
    againstGenerationId: generationId,
    generationId: other.generationId,
    otherGenerationId: other.generationId,
  };
  known = { ...generations, projectId, runId, model: scriptedModelId };
});
afterAll(() => server.close());

function useKnown(sample: unknown): unknown {
  if (typeof sample !== "object" || sample === null || Array.isArray(sample)) return sample;
  return Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, known[key] ?? value]));
}

/** `sample` as JSON with `hostile` instead of `leaf`. */
function toJson({ sample, leaf, hostile }: { sample: unknown; leaf: InputLeaf; hostile: HostileValue }): string {
  return JSON.stringify(replaceAt({ sample, leaf, value: marker })).replace(JSON.stringify(marker), () =>
    leaf.kind === "key" && !hostile.json.startsWith('"') ? JSON.stringify(hostile.json) : hostile.json,
  );
}

type Answer = { status: number; text: string; requestId: string | null };

async function send({ url, method, body }: { url: string; method: string; body?: BodyInit }): Promise<Answer> {
  const request = new Request(`http://127.0.0.1:3000${url}`, {
    method,
    headers: { host: "127.0.0.1:3000", "content-type": "application/json" },
    ...(body === undefined ? {} : { body }),
  });
  const response = await handleApiRequest({
    request,
    openContainer: async () => server.container,
    handle: (context) => {
      if (url.startsWith("/api/trpc/")) return handleTrpcRequest({ request, context });
      return url.endsWith("/iterate")
        ? acceptLegacyIteration({ request, context })
        : acceptLegacyCreation({ request, context });
    },
  });
  return { status: response.status, text: await response.text(), requestId: response.headers.get("x-request-id") };
}

/** What is wrong with a response. None may be an internal error, and each refusal needs a code and the request's id. */
function findFault({ status, text, requestId }: Answer): string | null {
  if (status >= 500 || text.includes('"INTERNAL"')) return `answered ${status} ${text.slice(0, 200)}`;
  if (requestId === null) return "has no id";
  if (status < 400) return null;
  const error = (JSON.parse(text) as { error: { code?: string; data?: { appError?: { code?: string } } } }).error;
  return typeof (error.data?.appError?.code ?? error.code) === "string" ? null : `has no code: ${text.slice(0, 200)}`;
}

test("no procedure fails for any value in any field", async () => {
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  for (const { name, type, inputs } of listProcedures()) {
    const isMutation = type === "mutation";
    for (const input of inputs) {
      for (const variant of listInputVariants(input)) {
        const sample = useKnown(variant.sample);
        for (const leaf of [{ path: [], kind: "any" as const }, ...variant.leaves]) {
          for (const hostile of hostileValues) {
            const json = toJson({ sample, leaf, hostile });
            const answer = await send(
              isMutation
                ? { url: `/api/trpc/${name}`, method: "POST", body: json }
                : { url: `/api/trpc/${name}?input=${encodeURIComponent(json)}`, method: "GET" },
            );
            statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
            const fault = findFault(answer);
            if (fault !== null) faults.push(`${name}, ${hostile.name} in ${leaf.path.join(".")}: ${fault}`);
          }
        }
      }
    }
  }
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  console.log(`requests by status: ${counts.join(", ")}; faults: ${faults.length}`);
  expect(faults).toEqual([]);
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2_000);
});

test("the legacy routes fail for no value in any field", async () => {
  const faults: string[] = [];
  const bodies = {
    "/api/generations": { prompt: "x", project_name: "x", tech_stack: "x", domain: "x", context: {}, model: "x:y" },
    "/api/generations/iterate": {
      parent_generation_id: known["parentGenerationId"],
      modification_prompt: "x",
      generation_mode: "auto",
      idempotency_key: "x",
      context: "x",
      model: "x:y",
    },
  };
  for (const [url, body] of Object.entries(bodies)) {
    for (const key of ["", ...Object.keys(body)]) {
      const leaf: InputLeaf = { path: key === "" ? [] : [key], kind: "any" };
      for (const hostile of hostileValues) {
        const answer = await send({ url, method: "POST", body: toJson({ sample: body, leaf, hostile }) });
        const fault = findFault(answer) ?? (answer.status < 400 ? "was accepted" : null);
        if (fault !== null) faults.push(`${url}, ${hostile.name} in ${key}: ${fault}`);
      }
    }
  }
  expect(faults).toEqual([]);
});

test("bodies that are not JSON, not UTF-8 or too large are refused with a code, the last before they are read", async () => {
  const url = "/api/trpc/project.rename";
  const refusal = async (body: BodyInit) => {
    const answer = await send({ url, method: "POST", body });
    expect(findFault(answer)).toBeNull();
    const { data } = (JSON.parse(answer.text) as { error: { data: { appError: { code: string } } } }).error;
    return [answer.status, data.appError.code];
  };
  expect(await refusal("{")).toEqual([400, "INVALID_INPUT"]);
  expect(await refusal(new Uint8Array([0x22, 0xff, 0x22]))).toEqual([400, "INVALID_INPUT"]);

  let sentBytes = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sentBytes += 1_048_576;
      controller.enqueue(new Uint8Array(1_048_576).fill(0x20));
    },
  });
  const request = new Request(`http://127.0.0.1${url}`, {
    method: "POST",
    body: endless,
    duplex: "half",
  } as RequestInit);
  const context = { container: server.container, ownerId: testOwnerId, requestId: "test" };
  const response = await handleTrpcRequest({ request, context });
  expect([response.status, sentBytes < 2 * limits.requestBytes]).toEqual([413, true]);
  expect(await response.json()).toMatchObject({
    error: { data: { appError: { code: "INPUT_TOO_LARGE", details: { limit: "requestBytes" }, requestId: "test" } } },
  });

  const declared = new Request(`http://127.0.0.1${url}`, {
    method: "POST",
    headers: { "content-length": String(150 * 1_048_576) },
    body: "{}",
  });
  expect((await handleTrpcRequest({ request: declared, context })).status).toBe(413);
});
