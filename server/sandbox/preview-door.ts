import type { Socket } from "node:net";
import { quoteForShell } from "#server/core/checks/quote-for-shell.ts";
import type { ReadPath } from "./build-arguments.ts";
import { makeDoorPlace } from "./door-place.ts";
import { openDoorSocket } from "./door-socket.ts";
import type { SandboxMachine } from "./sandbox-machine.ts";

/** The port on which a program should listen. Each sandbox has all ports to itself. */
export const previewPort = 3_000;

/** The bridge never needs more; a program may open connections as well. */
const maxSpare = 32;

/** The connection into a preview's sandbox, and from there to its database. */
export type PreviewDoor = {
  /** Adds the bridge to the command; `isServed` if the command's program is to be served. */
  wrap(options: { command: string; isServed: boolean }): string;
  readPaths: readonly ReadPath[];
  /** Resolves once the program listens. */
  opened: Promise<void>;
  /** A connection to the program, for one request. Waits for one; null if the door closes or `signal` aborts. */
  take(signal: AbortSignal): Promise<Socket | null>;
  close(): Promise<void>;
};

/**
 * A program listens in its own network namespace. The bridge inside connects to a socket outside and offers each
 * connection for one request: nothing outside opens a path that the program could have replaced.
 */
export async function openPreviewDoor({
  machine,
  onDatabaseConnection,
}: {
  machine: SandboxMachine;
  /** Receives what the program sends to its database's port; null if it has no database. */
  onDatabaseConnection: ((client: Socket) => void) | null;
}): Promise<PreviewDoor> {
  const place = await makeDoorPlace(machine);
  const spare = new Spare();
  const servers = [await openDoorSocket({ place, name: "s", onConnection: (socket) => spare.add(socket) })];
  if (onDatabaseConnection !== null)
    servers.push(await openDoorSocket({ place, name: "d", onConnection: onDatabaseConnection }));
  const database = onDatabaseConnection === null ? {} : { database: "/opt/graft/database.sock" };
  return {
    wrap({ command, isServed }) {
      const options = { ...database, ...(isServed ? { port: previewPort, door: "/opt/graft/preview.sock" } : {}) };
      const words = [JSON.stringify(options), command].map(quoteForShell);
      return `exec /opt/graft/bin/node /opt/graft/preview-bridge.mjs ${words.join(" ")}`;
    },
    readPaths: [
      { from: await place.provideScript("preview-bridge.mjs"), to: "/opt/graft/preview-bridge.mjs" },
      { from: await place.provideScript("serve-folder.mjs"), to: "/opt/graft/bin/serve-folder" },
      ...servers.map(({ path }, index) => ({
        from: path,
        to: index === 0 ? "/opt/graft/preview.sock" : "/opt/graft/database.sock",
      })),
    ],
    opened: spare.filled,
    take: (signal) => spare.take(signal),
    async close() {
      spare.close();
      for (const server of servers) await server.close();
      await place.remove();
    },
  };
}

/** Connections that wait for a request, and requests that wait for a connection. */
class Spare {
  readonly #sockets: Socket[] = [];
  readonly #waiting = new Set<(socket: Socket | null) => void>();
  #isClosed = false;
  #fill = () => {};
  readonly filled = new Promise<void>((resolve) => (this.#fill = resolve));

  add(socket: Socket): void {
    socket.on("error", () => socket.destroy());
    const [first] = this.#waiting;
    if (first !== undefined) return first(socket);
    if (this.#isClosed || this.#sockets.length >= maxSpare) return void socket.destroy();
    this.#sockets.push(socket);
    socket.once("close", () => this.#drop(socket));
    this.#fill();
  }

  take(signal: AbortSignal): Promise<Socket | null> {
    const socket = this.#sockets.find(({ destroyed }) => !destroyed);
    if (socket !== undefined) {
      this.#drop(socket);
      return Promise.resolve(socket);
    }
    if (this.#isClosed || signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const answer = (found: Socket | null) => {
        this.#waiting.delete(answer);
        signal.removeEventListener("abort", giveUp);
        resolve(found);
      };
      const giveUp = () => answer(null);
      this.#waiting.add(answer);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const answer of this.#waiting) answer(null);
    for (const socket of this.#sockets.splice(0)) socket.destroy();
  }

  #drop(socket: Socket): void {
    const index = this.#sockets.indexOf(socket);
    if (index !== -1) this.#sockets.splice(index, 1);
  }
}
