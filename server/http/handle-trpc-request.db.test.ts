import { afterAll, beforeAll, expect, test } from "vitest";
import { importTree } from "#server/testing/import-tree.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { handleTrpcRequest } from "./handle-trpc-request.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

async function ask(address: string): Promise<unknown> {
  const response = await handleTrpcRequest({
    request: new Request(`http://127.0.0.1/api/trpc/${address}`),
    context: { container: server.container, ownerId: testOwnerId, requestId: "test" },
  });
  expect(response.headers.get("content-type")).toBe("application/json");
  return response.json();
}

test("a code schema that is serialised in slices arrives as any other answer, also in a batch", async () => {
  const tables = Array.from(
    { length: 600 },
    (_, at) => `class Täble${at}(Base):\n    id: Mapped[int] = mapped_column()\n`,
  );
  const { generationId, projectId } = await importTree({
    container: server.container,
    files: [{ path: "models.py", text: tables.join("\n"), mode: "100644" }],
  });
  const codeSchema = await server.api.generation.codeSchema({ generationId });
  expect(codeSchema.entities).toHaveLength(600);
  // What a client reads: JSON has no absent members.
  const data: unknown = JSON.parse(JSON.stringify(codeSchema));
  const input = (value: object) => encodeURIComponent(JSON.stringify(value));
  expect(await ask(`generation.codeSchema?input=${input({ generationId })}`)).toEqual({ result: { data } });
  const batch = input({ 0: { generationId }, 1: { projectId }, 2: { generationId }, 3: { generationId: "none" } });
  const names = "generation.codeSchema,project.get,generation.codeSchema,generation.codeSchema";
  expect(await ask(`${names}?batch=1&input=${batch}`)).toMatchObject([
    { result: { data } },
    { result: { data: { projectId } } },
    { result: { data } },
    { error: { data: { appError: { code: "GENERATION_NOT_FOUND" } } } },
  ]);
});
