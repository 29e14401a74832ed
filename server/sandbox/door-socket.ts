import { createServer, type Socket } from "node:net";
import type { DoorPlace } from "./door-place.ts";

/** A socket to which only the sandbox's user can connect. Closing it ends its open connections. */
type DoorSocket = { path: string; close(): Promise<void> };

export async function openDoorSocket({
  place,
  name,
  onConnection,
}: {
  place: DoorPlace;
  name: string;
  onConnection: (socket: Socket) => void;
}): Promise<DoorSocket> {
  const path = place.socketPath(name);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  await place.admit(path);
  return {
    path,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
