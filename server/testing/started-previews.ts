import { setTimeout as delay } from "node:timers/promises";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { PreviewId, PreviewOutput } from "#lib/contracts/versions/preview.ts";
import type { PreviewStatus } from "#lib/contracts/versions/preview-state.ts";
import { createPreviewContainer } from "#server/container.ts";
import type { ModelGateway } from "#server/orchestrator/ports.ts";
import { startPreviewService } from "#server/previews/preview-service.ts";
import type { BrowserState } from "#server/sandbox/screenshots/find-browser.ts";
import type { ProviderDirectory } from "#server/providers/provider-directory.ts";
import { importTree } from "./import-tree.ts";
import { ScriptedGateway } from "./scripted-gateway.ts";
import { startTestServer, type TestServer } from "./start-test-server.ts";

export type StartedPreviews = {
  server: TestServer;
  /** Origins of Graft's pages, as reported by the listener. */
  graftOrigin: string;
  port: number;
  importProject(texts: Readonly<Record<string, string>>): ReturnType<typeof importTree>;
  /** Starts a version's preview with this command, and waits until it responds or ends. */
  start(generationId: GenerationId, command?: string): Promise<PreviewOutput>;
  waitFor(previewId: PreviewId, ...statuses: PreviewStatus[]): Promise<PreviewOutput>;
  /** Restarts the service, as after a crash. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

const pollMs = 20;
/** A first start installs packages. */
const patienceMs = 150_000;

/** The web process and the preview process, in this process. */
export async function startPreviews({
  dataDir,
  models = new ScriptedGateway({ turns: [] }),
  findBrowser = () => Promise.resolve({ status: "missing", reason: "This test has no browser." }),
  ...limits
}: {
  dataDir: string;
  models?: ModelGateway & Partial<ProviderDirectory>;
  findBrowser?: () => Promise<BrowserState>;
  databaseBytes?: number;
  now?: () => number;
}): Promise<StartedPreviews> {
  const graftOrigin = "http://127.0.0.1:3000";
  const server = await startTestServer({ models, dataDir });
  const container = createPreviewContainer({
    connectionString: server.connectionString,
    dataDir,
    findBrowser,
    ...limits,
  });
  const open = () => startPreviewService({ container, port: 0, frameAncestors: [graftOrigin] });
  let service = await open();
  const waitFor: StartedPreviews["waitFor"] = async (previewId, ...statuses) => {
    for (const startedAt = Date.now(); ; await delay(pollMs)) {
      const preview = await server.api.preview.get({ previewId });
      if (statuses.includes(preview.status)) return preview;
      if (Date.now() - startedAt > patienceMs)
        throw new Error(`The preview is ${preview.status} (${preview.reason}). Its log:\n${preview.log}`);
    }
  };
  return {
    server,
    graftOrigin,
    get port() {
      return service.port;
    },
    importProject: (texts) =>
      importTree({
        container: server.container,
        files: Object.entries(texts).map(([path, text]) => ({ path, text, mode: "100644" as const })),
      }),
    async start(generationId, command) {
      const confirm = command === undefined ? {} : { confirmCommand: command };
      const { previewId } = await server.api.preview.start({ generationId, ...confirm });
      return waitFor(previewId, "READY", "STOPPED", "FAILED");
    },
    waitFor,
    async restart() {
      await service.close();
      service = await open();
    },
    async close() {
      await service.close();
      await container.close();
      await server.close();
    },
  };
}

/** A small server: pages by their version, an echo, a stream of events, another protocol. */
export const tinyServer = (version: string) => ({
  "package.json": JSON.stringify({ scripts: { dev: "node server.mjs" } }),
  "server.mjs": `import { createServer } from "node:http";
const server = createServer((request, response) => {
  const { url } = request;
  if (url === "/echo") return request.pipe(response);
  if (url === "/headers") return response.end(JSON.stringify(request.rawHeaders));
  if (url === "/break") return request.socket.destroy();
  if (url === "/end") return process.exit(7);
  if (url === "/events") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: 1\\n\\n");
    return setTimeout(() => response.end("data: 2\\n\\n"), 300);
  }
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("content-security-policy", "default-src 'self'; frame-ancestors 'none'");
  response.setHeader("set-cookie", ["a=1; Path=/; Domain=localhost; HttpOnly", "b=2"]);
  response.end("${version} " + url);
});
server.on("upgrade", (request, socket) => {
  socket.write("HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: " + request.headers.upgrade + "\\r\\nConnection: Upgrade\\r\\n\\r\\n");
  socket.pipe(socket);
});
server.listen(process.env.PORT, "127.0.0.1", () => console.log("listens, the key is ghp_" + "Ab1Cd2Ef3Gh4Ij5Kl6" + "Mn7Op8Qr9St0Uv1Wx2"));
`,
});
