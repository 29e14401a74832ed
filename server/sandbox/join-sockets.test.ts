import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { findTestPort } from "#server/testing/find-test-port.ts";
import { joinSockets } from "./join-sockets.ts";

/**
 * A slow reader fills the system's buffers, whose size differs. With one of these sizes, the last bytes wait in the
 * process when the sender has closed.
 */
const sizes = Array.from({ length: 40 }, (_, index) => (index + 1) * 20_000);
/** Long enough for the sender to end and close first. */
const pauseMs = 500;

async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "graft-join-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

async function listen(onConnection: (socket: Socket) => void, place: string | number): Promise<Server> {
  const server = createServer((socket) => onConnection(socket.on("error", () => undefined)));
  if (typeof place === "string") server.listen(place);
  else server.listen(place, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** The number of bytes until the end, read after a pause. */
async function readSlowly(socket: Socket): Promise<number> {
  await delay(pauseMs);
  let count = 0;
  socket.on("data", (chunk) => (count += chunk.length));
  await once(socket, "end");
  return count;
}

test("everything that one side sent before it closed arrives, even if the reader is slow", async () => {
  const directory = await makeDirectory();
  const read = await Promise.all(
    sizes.map(async (size) => {
      const [sender, between] = [join(directory, `${size}.a`), join(directory, `${size}.b`)];
      await listen((socket) => socket.end(Buffer.alloc(size)), sender);
      await listen((socket) => joinSockets(socket, connect(sender)), between);
      return readSlowly(connect(between));
    }),
  );
  expect(read).toEqual(sizes);
});

test("when one side is reset, the other closes", async () => {
  const sender = await listen((socket) => void socket.write("half", () => socket.resetAndDestroy()), 0);
  const between = await listen((socket) => joinSockets(socket, connect(portOf(sender))), 0);
  const client = connect(portOf(between)).on("error", () => undefined);
  client.resume();
  await once(client, "close");
});

test("the bridge of a preview sends whole responses, even if the reader is slow", async () => {
  const door = join(await makeDirectory(), "door");
  const spare: Socket[] = [];
  await listen((socket) => void spare.push(socket), door);
  const port = await findTestPort();
  // Each request is the size of its response.
  const program = `require("node:net").createServer((s) => s.once("data", (size) => s.end(Buffer.alloc(Number(size))))).listen(${port}, "127.0.0.1")`;
  const bridge = spawn(
    process.execPath,
    [
      fileURLToPath(new URL("preview-bridge.mjs", import.meta.url)),
      JSON.stringify({ port, door }),
      `exec "${process.execPath}" -e '${program}'`,
    ],
    { stdio: "ignore", detached: true },
  );
  onTestFinished(() => void process.kill(-(bridge.pid ?? 0), "SIGKILL"));
  const read = await Promise.all(
    sizes.map(async (size, index) => {
      await expect.poll(() => spare.length, { interval: 5 }).toBeGreaterThan(index);
      const socket = spare[index] as Socket;
      socket.write(String(size));
      return readSlowly(socket);
    }),
  );
  expect(read).toEqual(sizes);
});
