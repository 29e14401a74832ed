import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { countProcesses } from "#server/testing/count-processes.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { askPreview, upgradePreview } from "#server/testing/preview-client.ts";
import { startPreviews, tinyServer, type StartedPreviews } from "#server/testing/started-previews.ts";

const { reason, directory, sandbox, remove } = await openTestSandbox();

let previews: StartedPreviews;
beforeEach(async () => {
  previews = await startPreviews({ dataDir: directory });
});
afterEach(() => previews.close());
afterAll(remove);

const urlOf = ({ url }: { url: string | null }) => {
  if (url === null) throw new Error("The preview has no address.");
  return url;
};
const ask = (preview: { url: string | null }, path = "") => askPreview({ url: `${urlOf(preview)}${path}` });

async function edit({ parent, version }: { parent: GenerationId; version: string }): Promise<GenerationId> {
  const content = tinyServer(version)["server.mjs"];
  const { generationId } = await previews.server.api.generation.edit({
    parentGenerationId: parent,
    changeSet: { operations: [{ type: "write", path: "server.mjs", content }] },
  });
  return generationId;
}

const countSandboxes = () => countProcesses((line) => line.includes("bwrap") && line.includes(directory));
const listFolders = async () => readdir(join((await sandbox.getMachine()).directory, "jobs"));

describe.skipIf(reason !== null)(`previews${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("nothing runs before the user allows the command, which is detected and shown", async () => {
    const { api } = previews.server;
    const { projectId, generationId } = await previews.importProject(tinyServer("first"));
    expect(await api.preview.list({ projectId })).toEqual({
      items: [],
      available: true,
      unavailableReason: null,
      command: "npm run dev",
      isConfirmed: false,
      maximum: 3,
    });
    await expect(api.preview.start({ generationId })).rejects.toMatchObject({
      cause: { code: "PREVIEW_NOT_CONFIRMED", details: { command: "npm run dev", source: "package.json" } },
    });
    expect((await api.preview.list({ projectId })).items).toEqual([]);
    const bare = await previews.importProject({ "notes.txt": "" });
    await expect(api.preview.start({ generationId: bare.generationId })).rejects.toMatchObject({
      cause: { code: "PREVIEW_NOT_CONFIRMED", details: { command: null } },
    });
    await expect(api.preview.start({ generationId: "none" as GenerationId })).rejects.toMatchObject({
      cause: { code: "GENERATION_NOT_FOUND" },
    });
  });

  test("a program is served on its own host, with all of HTTP, until it is stopped", async () => {
    const { api, apiOf } = previews.server;
    const { projectId, generationId } = await previews.importProject(tinyServer("first"));
    const preview = await previews.start(generationId, "npm run dev");
    expect(preview).toMatchObject({ status: "READY", version: 1, step: null, reason: null, command: "npm run dev" });
    expect(preview.url).toMatch(/^http:\/\/v1-[0-9a-f]{32}\.localhost:\d+\/$/);
    expect(await api.preview.list({ projectId })).toMatchObject({ command: "npm run dev", isConfirmed: true });

    const page = await ask(preview, "a?b=c");
    expect(page).toMatchObject({ status: 200, text: "first /a?b=c" });
    expect(page.headers).toMatchObject({
      "content-security-policy": `default-src 'self', frame-ancestors 'self' ${previews.graftOrigin}`,
      "set-cookie": ["a=1; Path=/; HttpOnly", "b=2"],
    });
    expect(page.headers["x-frame-options"]).toBeUndefined();
    const body = "x".repeat(3_000_000);
    expect((await askPreview({ url: `${urlOf(preview)}echo`, method: "POST", body })).text).toBe(body);
    const seen = JSON.parse((await ask(preview, "headers")).text) as string[];
    expect(seen).toContain(new URL(urlOf(preview)).host);
    expect(await ask(preview, "break")).toMatchObject({
      status: 502,
      text: expect.stringContaining("closed the connection"),
    });

    const socket = await upgradePreview({ url: urlOf(preview) });
    if (typeof socket === "number") throw new Error(`The upgrade was refused with ${socket}.`);
    const echoed = new Promise((resolve) => socket.once("data", (chunk) => resolve(String(chunk))));
    socket.write("both ways");
    expect(await echoed).toBe("both ways");
    socket.destroy();

    expect(await previews.server.api.preview.start({ generationId })).toMatchObject({ previewId: preview.previewId });
    await expect(apiOf("another").preview.get(preview)).rejects.toMatchObject({ cause: { code: "PREVIEW_NOT_FOUND" } });
    await expect.poll(async () => (await api.preview.get(preview)).log).toContain("listens, the key is [secret");
    expect((await api.preview.get(preview)).log).not.toContain("Ab1C");

    await api.preview.stop(preview);
    expect(await previews.waitFor(preview.previewId, "STOPPED")).toMatchObject({
      reason: "You stopped it.",
      url: null,
      endedAt: expect.any(String),
    });
    expect(await ask(preview)).toMatchObject({ status: 404, text: expect.stringContaining("No preview here") });
    expect(await countSandboxes()).toBe(0);
    expect(await listFolders()).toEqual([]);
  });

  test("a stream arrives as it is sent", async () => {
    const { generationId } = await previews.importProject(tinyServer("first"));
    const preview = await previews.start(generationId, "npm run dev");
    const times: number[] = [];
    await askPreview({ url: `${urlOf(preview)}events`, onChunk: () => times.push(performance.now()) });
    expect(times).toHaveLength(2);
  });

  test("versions run side by side; the fourth replaces the least recently viewed", async () => {
    const { generationId: first } = await previews.importProject(tinyServer("first"));
    const one = await previews.start(first, "npm run dev");
    const second = await edit({ parent: first, version: "second" });
    const two = await previews.start(second);
    expect([(await ask(one)).text, (await ask(two)).text]).toEqual(["first /", "second /"]);
    const third = await edit({ parent: second, version: "third" });
    const three = await previews.start(third);
    await ask(one);
    const four = await previews.start(await edit({ parent: third, version: "fourth" }));
    expect(await previews.waitFor(two.previewId, "STOPPED")).toMatchObject({
      reason: expect.stringContaining("At most 3 previews run at once"),
    });
    const texts = await Promise.all([one, three, four].map(async (preview) => (await ask(preview)).text));
    expect(texts).toEqual(["first /", "third /", "fourth /"]);
    expect(await ask(two)).toMatchObject({ status: 404 });
  });

  test("requests with other hosts are answered with 404", async () => {
    const { generationId } = await previews.importProject(tinyServer("first"));
    const preview = await previews.start(generationId, "npm run dev");
    const { port, host } = new URL(urlOf(preview));
    const token = /-(\w+)\./.exec(host)?.[1] ?? "";
    const hosts = [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `v1-${"0".repeat(32)}.localhost:${port}`,
      `v1-${token}.localhost.example.com:${port}`,
      `${token}.localhost:${port}`,
      `x.v1-${token}.localhost:${port}`,
    ];
    for (const other of hosts) {
      const url = `http://127.0.0.1:${port}/`;
      expect(await askPreview({ url, headers: { host: other } })).toMatchObject({ status: 404 });
    }
    expect((await ask({ url: urlOf(preview).toUpperCase().replace("HTTP", "http") })).status).toBe(200);
    const unknown = urlOf(preview).replace(token, "f".repeat(32));
    expect(await upgradePreview({ url: unknown })).toBe(404);
  });

  test("a program is found on the port that it uses, and its end says why", async () => {
    const listenAnywhere = `require("node:http").createServer((q, r) => r.end("found")).listen(8123)`;
    const { generationId } = await previews.importProject({ "server.cjs": listenAnywhere });
    const preview = await previews.start(generationId, "node server.cjs");
    expect((await ask(preview)).text).toBe("found");

    const ended = await previews.importProject(tinyServer("first"));
    const other = await previews.start(ended.generationId, "npm run dev");
    expect(await ask(other, "end")).toMatchObject({ status: 502 });
    expect(await previews.waitFor(other.previewId, "STOPPED")).toMatchObject({
      reason: "The program exited with code 7. Its log says why.",
    });
    const never = await previews.start(ended.generationId, "echo nothing here; exit 3");
    expect(never).toMatchObject({
      status: "FAILED",
      reason: "The program exited with code 3 before it listened on a port. Its log says why.",
      log: "$ echo nothing here; exit 3\nnothing here\n",
      logIsCut: false,
    });
    expect(await previews.start(ended.generationId, "no-such-program")).toMatchObject({
      status: "FAILED",
      reason: expect.stringContaining("no-such-program is not installed"),
    });
  });

  test("files are served unchanged, and nothing above their folder", async () => {
    const { generationId } = await previews.importProject({
      "index.html": "<h1>home</h1>",
      "about/index.html": "about",
      "a b.css": "p {}",
    });
    const preview = await previews.start(generationId, "serve-folder .");
    expect(await ask(preview)).toMatchObject({
      text: "<h1>home</h1>",
      headers: { "content-type": "text/html; charset=utf-8" },
    });
    expect((await ask(preview, "about")).text).toBe("about");
    expect((await ask(preview, "a%20b.css")).headers["content-type"]).toBe("text/css; charset=utf-8");
    for (const path of ["..%2f..%2fetc/passwd", "%00", "%zz", "none"])
      expect(await ask(preview, path)).toMatchObject({ status: 404 });
  });

  test("a long log keeps its end, and says that it was truncated", async () => {
    const { generationId } = await previews.importProject(tinyServer("first"));
    const preview = await previews.start(generationId, "seq 1 30000; exit 1");
    expect(preview).toMatchObject({ status: "FAILED", logIsCut: true });
    expect(preview.log).toContain("29999\n30000\n");
    expect(preview.log.length).toBeLessThan(66_000);
  });

  test("a changed command restarts the preview; one that waited is not started late", async () => {
    const { api, container } = previews.server;
    const { generationId, projectId } = await previews.importProject(tinyServer("first"));
    const first = await previews.start(generationId, "npm run dev");
    const second = await previews.start(generationId, "node server.mjs");
    expect(second.previewId).not.toBe(first.previewId);
    expect(await previews.waitFor(first.previewId, "STOPPED")).toMatchObject({
      reason: "Its command was changed, so it was started again.",
    });
    expect((await api.preview.list({ projectId })).items.map(({ status }) => status)).toEqual(["READY", "STOPPED"]);
    await previews.restart();
    expect(await api.preview.get(second)).toMatchObject({
      status: "STOPPED",
      reason: expect.stringContaining("Graft was stopped"),
    });
    // Rows that an ended process left behind, taken or not.
    const base = { ownerId: "local", projectId, generationId, version: 1, command: "x" };
    const [taken, waiting] = await container.database.prisma.preview.createManyAndReturn({
      data: [
        { ...base, token: "a".repeat(32), step: "start", status: "READY", port: 1 },
        { ...base, token: "b".repeat(32), startedAt: new Date(Date.now() - 120_000) },
      ],
    });
    await previews.restart();
    const ends = await container.database.prisma.preview.findMany({
      where: { id: { in: [taken?.id ?? "", waiting?.id ?? ""] } },
      orderBy: { token: "asc" },
    });
    await expect
      .poll(async () => (await api.preview.list({ projectId })).items.every(({ status }) => status === "STOPPED"))
      .toBe(true);
    expect(ends).toHaveLength(2);
  });
});
