import { existsSync } from "node:fs";
import { quoteForShell } from "#server/core/checks/quote-for-shell.ts";
import type { ReadPath } from "./build-arguments.ts";
import { makeDoorPlace } from "./door-place.ts";
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

export async function openRegistryDoor({
  machine,
  registries,
}: {
  machine: SandboxMachine;
  registries: readonly URL[];
}): Promise<RegistryDoor> {
  const place = await makeDoorPlace(machine);
  const socket = place.socketPath("s");
  const proxy = await startRegistryProxy({ socket, registries });
  await place.admit(socket);
  const address = `http://127.0.0.1:${innerPort}`;
  return {
    wrap: (command) =>
      `/opt/graft/bin/node /opt/graft/port-bridge.mjs ${innerPort} /opt/graft/registry.sock ${quoteForShell(command)}`,
    env: {
      ...Object.fromEntries(["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"].map((name) => [name, address])),
      // The host's trusted certificates: a company registry may have its own.
      ...(existsSync(systemCertificates)
        ? { NODE_EXTRA_CA_CERTS: systemCertificates, SSL_CERT_FILE: systemCertificates }
        : {}),
    },
    readPaths: [
      { from: await place.provideScript("port-bridge.mjs"), to: "/opt/graft/port-bridge.mjs" },
      { from: socket, to: "/opt/graft/registry.sock" },
    ],
    async close() {
      await proxy.close();
      await place.remove();
    },
  };
}
