import { once } from "node:events";
import { request as requestPlain, type IncomingMessage } from "node:http";
import { request as requestOverTls } from "node:https";
import type { Duplex } from "node:stream";
import { AppError } from "#lib/errors.ts";

/** The proxy of the host's network for connections to the internet, from the environment. */
export type OutboundProxy = {
  url: URL;
  /** Hosts that bypass it, in the format of `NO_PROXY`: `host`, `.domain`, `host:port` or `*`. */
  exceptions: readonly string[];
};

/** A proxy in a busy network responds within a second. */
const timeoutMs = 30_000;

/** Whether connections to a host use the proxy. */
export function isBehindProxy({ proxy, place }: { proxy: OutboundProxy; place: URL }): boolean {
  const host = place.hostname.toLowerCase();
  return !proxy.exceptions.some((exception) => {
    const [, name = "", port] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(exception.toLowerCase()) ?? [];
    if (port !== undefined && port !== (place.port || "443")) return false;
    return exception === "*" || (name !== "" && (host === name || host.endsWith(`.${name}`)));
  });
}

/** A connection to `place` through the proxy. @throws AppError REPOSITORY_UNAVAILABLE if the proxy refuses */
export async function connectThrough({ proxy: { url }, place }: { proxy: OutboundProxy; place: URL }): Promise<Duplex> {
  const authority = `${place.hostname}:${place.port || "443"}`;
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const send = url.protocol === "https:" ? requestOverTls : requestPlain;
  const connecting = send({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port || (url.protocol === "https:" ? 443 : 80),
    method: "CONNECT",
    path: authority,
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      host: authority,
      ...(credentials === ":" ? {} : { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` }),
    },
  });
  connecting.end();
  // A proxy without CONNECT responds like a server.
  const answered = Promise.race([once(connecting, "connect"), once(connecting, "response")]);
  const [answer, socket] = (await answered.catch(() => {
    throw refused({ url, place, reason: "does not answer" });
  })) as [IncomingMessage, Duplex | undefined];
  if (answer.statusCode === 200 && socket !== undefined) return socket;
  connecting.destroy();
  socket?.destroy();
  throw refused({ url, place, reason: `answered ${answer.statusCode} ${answer.statusMessage ?? ""}`.trim() });
}

/** The address of the proxy without its credentials. */
function refused({ url, place, reason }: { url: URL; place: URL; reason: string }): AppError {
  return new AppError({
    code: "REPOSITORY_UNAVAILABLE",
    message: `The proxy ${url.host}, which HTTPS_PROXY names, ${reason} when Graft asked it for ${place.host}. Nothing was stored. Check HTTPS_PROXY and NO_PROXY where Graft is started.`,
  });
}
