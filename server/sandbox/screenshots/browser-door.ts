import type { Socket } from "node:net";
import { quoteForShell } from "#server/core/checks/quote-for-shell.ts";
import type { ReadPath } from "../build-arguments.ts";
import { makeDoorPlace } from "../door-place.ts";
import { openDoorSocket } from "../door-socket.ts";
import { joinSockets } from "../join-sockets.ts";
import type { PreviewDoor } from "../preview-door.ts";
import type { SandboxMachine } from "../sandbox-machine.ts";

/** The only network access of a browser's sandbox: one port, which leads to the program of one preview. */
type BrowserDoor = {
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
  let status: number | null = null;
  const connect = async (client: Socket) => {
    client.on("error", () => client.destroy());
    const program = await take(signal);
    if (program === null || client.destroyed) {
      program?.destroy();
      client.destroy();
      return;
    }
    program.on("error", () => program.destroy());
    program.once("data", (chunk: Buffer) => (status ??= readStatus(chunk)));
    joinSockets(client, program);
  };
  const socket = await openDoorSocket({ place, name: "b", onConnection: (client) => void connect(client) });
  return {
    wrap: (command) =>
      `exec /opt/graft/bin/node /opt/graft/port-bridge.mjs ${port} /opt/graft/browser.sock ${quoteForShell(command)}`,
    readPaths: [
      { from: await place.provideScript("port-bridge.mjs"), to: "/opt/graft/port-bridge.mjs" },
      { from: socket.path, to: "/opt/graft/browser.sock" },
    ],
    firstStatus: () => status,
    async close() {
      await socket.close();
      await place.remove();
    },
  };
}

function readStatus(chunk: Buffer): number | null {
  const code = /^HTTP\/1\.[01] (\d{3})/.exec(chunk.toString("latin1", 0, 16))?.[1];
  return code === undefined ? null : Number(code);
}
