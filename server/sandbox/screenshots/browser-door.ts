import { createServer, type Socket } from "node:net";
import { quoteForShell } from "#server/core/checks/quote-for-shell.ts";
import type { ReadPath } from "../build-arguments.ts";
import { makeDoorPlace } from "../door-place.ts";
import type { PreviewDoor } from "../preview-door.ts";
import type { SandboxMachine } from "../sandbox-machine.ts";

/** The only network access of a browser's sandbox: one port, which leads to the program of one preview. */
export type BrowserDoor = {
  /** Adds the inner end of the connection to the command. */
  wrap(command: string): string;
  readPaths: readonly ReadPath[];
  /** The status code of the program's first response; null before it. */
  firstStatus(): number | null;
  close(): Promise<void>;
};

export async function openBrowserDoor({
  machine,
  port,
  take,
  signal,
}: {
  machine: SandboxMachine;
  /** The port inside, as in the preview's address. */
  port: number;
  take: PreviewDoor["take"];
  signal: AbortSignal;
}): Promise<BrowserDoor> {
  const place = await makeDoorPlace(machine);
  const open = new Set<Socket>();
  let status: number | null = null;
  const server = createServer((client) => {
    open.add(client);
    client.on("error", () => client.destroy());
    client.once("close", () => open.delete(client));
    void (async () => {
      const program = await take(signal);
      if (program === null || client.destroyed) {
        program?.destroy();
        client.destroy();
        return;
      }
      program.on("error", () => program.destroy());
      program.once("data", (chunk: Buffer) => (status ??= readStatus(chunk)));
      program.once("close", () => client.destroy());
      client.once("close", () => program.destroy());
      client.pipe(program);
      program.pipe(client);
    })();
  });
  const socket = place.socketPath("b");
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  await place.admit(socket);
  return {
    wrap: (command) =>
      `exec /opt/graft/bin/node /opt/graft/port-bridge.mjs ${port} /opt/graft/browser.sock ${quoteForShell(command)}`,
    readPaths: [
      { from: await place.provideScript("port-bridge.mjs"), to: "/opt/graft/port-bridge.mjs" },
      { from: socket, to: "/opt/graft/browser.sock" },
    ],
    firstStatus: () => status,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const client of open) client.destroy();
      await closed;
      await place.remove();
    },
  };
}

function readStatus(chunk: Buffer): number | null {
  const code = /^HTTP\/1\.[01] (\d{3})/.exec(chunk.toString("latin1", 0, 16))?.[1];
  return code === undefined ? null : Number(code);
}
