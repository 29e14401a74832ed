import { existsSync } from "node:fs";
import { chmod, chown, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SandboxMachine } from "./sandbox-machine.ts";

/** `sockaddr_un` holds 108 bytes. */
const maxSocketPathBytes = 100;

/** A directory for sockets that lead out of one sandbox, and for the scripts that use them inside. */
export type DoorPlace = {
  /** The path of a socket that nobody listens on yet. */
  socketPath(name: string): string;
  /** Lets only the sandbox's user connect to a listening socket. */
  admit(socket: string): Promise<void>;
  /** A copy that the sandbox's user can read: Graft may be installed where only its owner can read. */
  provideScript(name: string): Promise<string>;
  remove(): Promise<void>;
};

export async function makeDoorPlace({ directory: root, user }: SandboxMachine): Promise<DoorPlace> {
  const place = join(root, "jobs", `net-${process.pid}-`);
  const directory = await mkdtemp(place.length > maxSocketPathBytes - 12 ? join(tmpdir(), "graft-net-") : place);
  await chmod(directory, 0o711);
  return {
    socketPath: (name) => join(directory, name),
    async admit(socket) {
      await chmod(socket, 0o600);
      if (user !== null) await chown(socket, user.uid, user.gid);
    },
    async provideScript(name) {
      const copy = join(directory, name);
      await copyFile(findScript(name), copy);
      await chmod(copy, 0o755);
      return copy;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Beside this file, or in the project's directory if this file is bundled. */
function findScript(name: string): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), name);
  return existsSync(beside) ? beside : join(process.cwd(), "server", "sandbox", name);
}
