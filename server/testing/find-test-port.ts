import { randomInt } from "node:crypto";
import { findFreePort } from "#server/supervisor/find-free-port.ts";

/** Below the ports that systems choose for outgoing connections (from 32768 on Linux), above those of known services. */
const ports = { min: 12_000, max: 32_000 };
const attempts = 20;

/**
 * A free port for a server that a test stops and starts again. A port that the system chooses may be taken by any
 * outgoing connection while the server is stopped.
 */
export async function findTestPort(): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await findFreePort({ host: "127.0.0.1", port: randomInt(ports.min, ports.max) });
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
