import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { findBrowser } from "#server/sandbox/screenshots/find-browser.ts";
import { answerScreenshot } from "#server/http/answer-screenshot.ts";
import { countProcesses } from "#server/testing/count-processes.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { startPreviews, type StartedPreviews } from "#server/testing/started-previews.ts";
import { testOwnerId } from "#server/testing/start-test-server.ts";

const { reason: noSandbox, directory, remove } = await openTestSandbox();
// Also if every test that uses it is skipped.
afterAll(remove);
const browser = await findBrowser({
  named: process.env["GRAFT_CHROMIUM"] ?? null,
  searchPath: process.env["PATH"] ?? "",
});
const reason = noSandbox ?? (browser.status === "missing" ? browser.reason : null);

/** A page that also tries to reach a port of the host. */
const pageOf = (port: number) => ({
  "index.html": `<title>x</title><body style="background:teal"><script src="http://127.0.0.1:${port}/"></script></body>`,
});

async function open(): Promise<StartedPreviews> {
  const previews = await startPreviews({ dataDir: directory, findBrowser: () => Promise.resolve(browser) });
  onTestFinished(() => previews.close());
  return previews;
}

test.skipIf(reason !== null)(
  `a version has a screenshot once its preview was ready, and keeps it${reason === null ? "" : ` (skipped: ${reason})`}`,
  { timeout: 300_000 },
  async () => {
    const previews = await open();
    const { api, apiOf, container } = previews.server;
    let reachedCount = 0;
    const host = createServer((_, response) => {
      reachedCount += 1;
      response.end();
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void host.close());
    await once(host, "listening");
    const { projectId, generationId } = await previews.importProject(pageOf((host.address() as AddressInfo).port));
    const list = () => api.preview.screenshots({ projectId });
    expect((await list()).items).toEqual([]);
    await previews.start(generationId, "serve-folder .");
    await expect.poll(async () => (await list()).items.length, { timeout: 120_000 }).toBe(1);
    expect(await list()).toMatchObject({ items: [{ generationId, width: 640, height: 400 }] });
    expect(reachedCount).toBe(0);
    await expect(apiOf("another").preview.screenshots({ projectId })).rejects.toMatchObject({
      cause: { code: "PROJECT_NOT_FOUND" },
    });

    const context = { container, ownerId: testOwnerId, requestId: "test" };
    const response = await answerScreenshot({ context, generationId });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Buffer.from(bytes).toString("latin1", 1, 4)).toBe("PNG");
    expect(response.headers.get("content-type")).toBe("image/png");
    await expect(answerScreenshot({ context: { ...context, ownerId: "another" }, generationId })).rejects.toMatchObject(
      {
        code: "FILE_NOT_FOUND",
      },
    );
    await expect(container.database.prisma.screenshot.deleteMany()).rejects.toThrow(/history/);

    // A page that answers with an error has none, and its program is not disturbed.
    const failing = await previews.importProject({
      "server.mjs": `import { createServer } from "node:http";
createServer((request, response) => {
  if (request.headers["user-agent"]?.includes("Headless")) console.log("a browser came");
  response.writeHead(500).end("broken");
}).listen(process.env.PORT, "127.0.0.1");`,
    });
    const broken = await previews.start(failing.generationId, "node server.mjs");
    const readLog = async () => (await api.preview.get(broken)).log;
    await expect.poll(readLog, { timeout: 120_000 }).toContain("a browser came");
    const countBrowsers = () => countProcesses((line) => line.includes("--screenshot") && line.includes("bwrap"));
    await expect.poll(countBrowsers, { timeout: 120_000 }).toBe(0);
    expect((await api.preview.get(broken)).status).toBe("READY");
    expect((await api.preview.screenshots(failing)).items).toEqual([]);
  },
);

test("a browser is named, found or missing, with what to do", async () => {
  const searchPath = "/nowhere";
  expect(await findBrowser({ named: null, searchPath })).toMatchObject({
    status: "missing",
    reason: expect.stringContaining("apt-get install chromium"),
  });
  expect(await findBrowser({ named: "off", searchPath })).toEqual({
    status: "missing",
    reason: "GRAFT_CHROMIUM is off.",
  });
  expect(await findBrowser({ named: "/nowhere/chrome", searchPath })).toMatchObject({
    reason: "GRAFT_CHROMIUM names /nowhere/chrome, which is not there.",
  });
  // Any program will do.
  expect(await findBrowser({ named: "/usr/bin/env", searchPath })).toEqual({
    status: "found",
    browser: { command: expect.stringMatching(/^\/usr\/bin\//), readPaths: [] },
  });
});
