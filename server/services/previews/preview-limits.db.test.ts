import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { previewIdleMs } from "#server/core/previews/preview-clock.ts";
import { countProcesses } from "#server/testing/count-processes.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { askPreview, upgradePreview } from "#server/testing/preview-client.ts";
import { startPreviews, tinyServer } from "#server/testing/started-previews.ts";

const { reason, directory, remove } = await openTestSandbox();
afterAll(remove);

async function open(limits: { databaseBytes?: number; now?: () => number }) {
  const previews = await startPreviews({ dataDir: directory, ...limits });
  onTestFinished(() => previews.close());
  return previews;
}

const countSandboxes = () => countProcesses((line) => line.includes("bwrap") && line.includes(directory));

/** Two starts of a program and the keeper's own intervals, on a busy machine. */
const timeout = 300_000;

/** Fills its own database with a number of megabytes, as a program that never deletes. */
const filler = `import { createServer } from "node:http";
import { connect } from "node:net";
const { PGUSER, PGDATABASE, PORT } = process.env;
function message(type, text) {
  const body = Buffer.from(text + "\\0");
  const head = Buffer.alloc(4);
  head.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), head, body]);
}
function fill(count, done) {
  const socket = connect(5432, "127.0.0.1", () => {
    socket.write(message("", "\\0\\x03\\0\\0user\\0" + PGUSER + "\\0database\\0" + PGDATABASE + "\\0"));
  });
  const rows = count * 1000;
  socket.once("data", () => {
    socket.write(message("Q", "CREATE UNLOGGED TABLE big AS SELECT repeat('x', 1000) FROM generate_series(1, " + rows + ")"));
    socket.on("data", (data) => {
      if (data.includes("SELECT " + rows)) done("filled");
      else if (data.includes("ERROR")) done(data.toString("latin1"));
    });
  });
  socket.on("error", (error) => done(error.message));
}
createServer((request, response) => {
  const count = Number(request.url.slice(1));
  if (count > 0) fill(count, (text) => response.end(text));
  else response.end("up");
}).listen(PORT, "127.0.0.1");
`;

describe.skipIf(reason !== null)(`limits of previews${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test(
    "15 minutes after its last request a preview stops; an open connection does not keep it",
    { timeout },
    async () => {
      let nowMs = Date.now();
      const previews = await open({ now: () => nowMs });
      const { api } = previews.server;
      const { generationId } = await previews.importProject(tinyServer("first"));
      const preview = await previews.start(generationId, "npm run dev");
      const url = preview.url ?? "";
      const socket = await upgradePreview({ url });
      if (typeof socket === "number") throw new Error(`The upgrade was refused with ${socket}.`);
      const closed = new Promise((resolve) => socket.once("close", resolve));
      socket.on("error", () => undefined);

      nowMs += previewIdleMs - 1;
      expect(await askPreview({ url })).toMatchObject({ status: 200 });
      const usedAtMs = nowMs;
      const readIdleStop = async () => (await api.preview.get(preview)).idleStopsAt;
      await expect.poll(readIdleStop, { timeout: 60_000 }).toBe(new Date(usedAtMs + previewIdleMs).toISOString());

      nowMs = usedAtMs + previewIdleMs;
      expect(await previews.waitFor(preview.previewId, "STOPPED")).toMatchObject({
        reason: "It had no request for 15 minutes, so it was stopped. Start it again to continue.",
        idleStopsAt: null,
      });
      await closed;
      expect(await askPreview({ url })).toMatchObject({ status: 404 });
      expect(await countSandboxes()).toBe(0);
      const again = await previews.start(generationId);
      expect(await askPreview({ url: again.url ?? "" })).toMatchObject({ status: 200 });
    },
  );

  test(
    "a preview whose database grows above the limit stops, and the next one begins with an empty one",
    { timeout },
    async () => {
      const previews = await open({ databaseBytes: 32 * 1_048_576 });
      const { database } = previews.server.container;
      const { generationId } = await previews.importProject({
        "server.mjs": filler,
        ".env.example": "DATABASE_URL=postgresql://a:b@localhost:5432/x\n",
      });
      const preview = await previews.start(generationId, "node server.mjs");
      expect(preview).toMatchObject({ status: "READY", reason: null });
      // It may be stopped before it answers.
      const filled = askPreview({ url: `${preview.url}40` }).catch(() => null);
      expect(await previews.waitFor(preview.previewId, "STOPPED")).toMatchObject({
        reason: "Its database grew above 32 MiB, so it was stopped. Start it again to continue with an empty one.",
      });
      await filled;
      expect(
        await database.prisma
          .$queryRaw`SELECT datname FROM pg_database WHERE datname LIKE ${`%${preview.previewId.replaceAll("-", "")}`}`,
      ).toEqual([]);
      const again = await previews.start(generationId);
      // The table would exist already.
      expect((await askPreview({ url: `${again.url}1` })).text).toBe("filled");
      expect((await askPreview({ url: again.url ?? "" })).text).toBe("up");
    },
  );
});
