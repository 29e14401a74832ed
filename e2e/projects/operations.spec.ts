import pg from "pg";
import { startEmbeddedPostgres } from "../../server/database/embedded-postgres.ts";
import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, finish, scriptedModel, test, writeFile } from "../support/fixtures.ts";

const files = { "app/main.py": "def main():\n    return 1\n", "app/other.py": "x = 1\n" };

test("metrics are served as Prometheus text, only for this host's names", async ({ request, api, model }) => {
  const { generationId } = await api.importProject({ name: "Measured", files });
  model.play({ toolCalls: [writeFile("app/new.py", "y = 2\n"), finish()] });
  expect((await api.iterate({ parentGenerationId: generationId, prompt: "Add a file" })).status).toBe("SUCCEEDED");
  const response = await request.get("/api/metrics");
  expect(response.headers()["content-type"]).toContain("text/plain; version=0.0.4");
  const text = await response.text();
  expect(text).toMatch(/^graft_workers 1$/m);
  expect(text).toMatch(/^graft_runs_ended_total\{status="SUCCEEDED"\} [1-9]/m);
  expect(text).toMatch(/^graft_stage_duration_seconds_count\{stage="generate-changes"\} [1-9]/m);
  expect((await request.get("/api/metrics", { headers: { host: "evil.example" } })).status()).toBe(403);
});

test("a run waits for its provider, says until when, and is tried at once on request", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Waiting", files });
  model.play({
    status: 429,
    headers: { "retry-after": "600" },
    body: { error: { message: "Too many requests", type: "rate_limit_error" } },
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add a file",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByText(/Waiting for the provider until \d\d:\d\d.*, attempt 2 of 3\./)).toBeVisible();
  await expectAccessible(page);
  model.play({ toolCalls: [writeFile("app/new.py", "y = 2\n"), finish()] });
  await page.getByRole("button", { name: "Retry now" }).click();
  await expect(page.getByText("3 files: 2 kept, 1 added").first()).toBeVisible();
});

test("a call that waits within its run is tried at once on request", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Busy", files });
  model.play({
    status: 429,
    headers: { "retry-after": "50" },
    body: { error: { message: "Too many requests", type: "rate_limit_error" } },
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId: generationId,
    prompt: "Add a file",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByText(/Trying again in \d+ s\./)).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/run-busy.png" });
  model.play({ toolCalls: [writeFile("app/new.py", "y = 2\n"), finish()] });
  await page.getByRole("button", { name: "Retry now" }).click();
  await expect(page.getByText("3 files: 2 kept, 1 added").first()).toBeVisible();
});

test("a damaged file is not shown: its page says what happened, what is kept and what to do", async ({
  page,
  api,
  server,
}) => {
  const { projectId, generationId } = await api.importProject({
    name: "Damaged",
    files: { ...files, "app/hurt.py": "hurt = 'only here'\n" },
  });
  const hash = (await api.readFiles(generationId)).find(({ path }) => path === "app/hurt.py")?.contentHash ?? "";
  const database = await startEmbeddedPostgres({ dataDir: server.dataDir });
  const client = new pg.Client({ connectionString: database.connectionString("graft") });
  await client.connect();
  const flip = async () => {
    await client.query("BEGIN; SET LOCAL session_replication_role = replica");
    const { rowCount } = await client.query(
      `UPDATE "Blob" SET bytes = set_byte(bytes, 0, get_byte(bytes, 0) # 1) WHERE hash = decode($1, 'hex')`,
      [hash],
    );
    await client.query("COMMIT");
    expect(rowCount).toBe(1);
  };
  await flip();
  try {
    await page.goto(`/p/${projectId}/g/${generationId}/files/app/hurt.py`);
    await expect(
      page.getByText(
        /does not match its hash, so it is not shown\. It was left as it is, and other files and versions are kept\. Run npm run fsck/,
      ),
    ).toBeVisible();
    await expect(page.getByText("only here")).toHaveCount(0);
    await page.goto(`/p/${projectId}/g/${generationId}/files/app/main.py`);
    await expect(page.getByText("def main():").first()).toBeVisible();
  } finally {
    await flip();
    await client.end();
  }
});
