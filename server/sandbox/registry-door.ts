import { existsSync } from "node:fs";
import { chmod, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReadPath } from "./build-arguments.ts";
import { startRegistryProxy } from "./registry-proxy.ts";
import type { SandboxMachine } from "./sandbox-machine.ts";

/** The only network access of a sandbox: the socket of a proxy outside, which connects only to registries. */
export type RegistryDoor = {
  /** Adds the inner end of the connection to the command. */
  wrap(command: string): string;
  env: Readonly<Record<string, string>>;
  readPaths: readonly ReadPath[];
  close(): Promise<void>;
};

const systemCertificates = "/etc/ssl/certs/ca-certificates.crt";
const innerPort = 8_901;
/** `sockaddr_un` has room for 108 bytes. */
const maxSocketPathBytes = 100;

function findBridge(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), "registry-bridge.mjs");
  return existsSync(beside) ? beside : join(process.cwd(), "server", "sandbox", "registry-bridge.mjs");
}

export async function openRegistryDoor({
  machine,
  registries,
}: {
  machine: SandboxMachine;
  registries: readonly URL[];
}): Promise<RegistryDoor> {
  const place = join(machine.directory, "jobs", `net-${process.pid}-`);
  const directory = await mkdtemp(place.length > maxSocketPathBytes - 10 ? join(tmpdir(), "graft-net-") : place);
  await chmod(directory, 0o711);
  const socket = join(directory, "s");
  const proxy = await startRegistryProxy({ socket, registries });
  // The sandbox's user must be able to write to it.
  await chmod(socket, 0o666);
  // And to read this script, which may be installed where only its owner can read.
  const bridge = join(directory, "bridge.mjs");
  await copyFile(findBridge(), bridge);
  await chmod(bridge, 0o644);
  const address = `http://127.0.0.1:${innerPort}`;
  return {
    wrap: (command) =>
      `/opt/graft/bin/node /opt/graft/registry-bridge.mjs ${innerPort} /opt/graft/registry.sock ${quote(command)}`,
    env: {
      ...Object.fromEntries(["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"].map((name) => [name, address])),
      // The host's trusted certificates: a company registry may have its own.
      ...(existsSync(systemCertificates)
        ? { NODE_EXTRA_CA_CERTS: systemCertificates, SSL_CERT_FILE: systemCertificates }
        : {}),
    },
    readPaths: [
      { from: bridge, to: "/opt/graft/registry-bridge.mjs" },
      { from: socket, to: "/opt/graft/registry.sock" },
    ],
    async close() {
      await proxy.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function quote(command: string): string {
  return `'${command.replaceAll("'", `'\\''`)}'`;
}
