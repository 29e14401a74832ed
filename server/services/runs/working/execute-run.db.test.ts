import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkerStopping } from "#server/orchestrator/interruptions.ts";
import { ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { wholeProject } from "#server/core/merge/scopes/change-scope.ts";
import { createProject } from "#server/store/projects.ts";
import { createRun } from "#server/store/runs/runs.ts";
import { executeRun } from "./execute-run.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

test("a worker that is told to stop passes its run on, however often, and that does not count as a crash", async () => {
  const { container } = server;
  const runId = await container.database.prisma.$transaction(async (transaction) =>
    createRun({
      transaction,
      run: {
        ownerId: testOwnerId,
        kind: "generate",
        projectId: await createProject({ transaction, ownerId: testOwnerId, name: "Stops" }),
        parentGenerationId: null,
        prompt: "Anything",
        modelId: scriptedModelId,
        mode: "classic",
        techStack: null,
        domain: null,
        context: null,
        reviewComments: [],
        attachments: [],
        shownSecretPaths: [],
        scope: wholeProject,
        continues: null,
        candidate: null,
        acceptedPlan: null,
        afterRunId: null,
        retryOfRunId: null,
        idempotencyKey: null,
        requestHash: null,
      },
    }),
  );
  for (let count = 0; count < 5; count += 1) {
    await expect(
      executeRun({
        container,
        runId,
        attempt: { id: "00000000-0000-0000-0000-000000000000", retryCount: count },
        isAlone: true,
        stopping: AbortSignal.abort(),
      }),
    ).rejects.toBeInstanceOf(WorkerStopping);
  }
  expect(await server.api.run.get({ runId })).toMatchObject({ status: "RUNNING", failure: null });
});
