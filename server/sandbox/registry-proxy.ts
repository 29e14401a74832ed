import { createServer, request as requestHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

type RegistryProxy = { close(): Promise<void> };

/** A registry that is silent for this long will not answer. */
const silenceMs = 60_000;

/**
 * An HTTP proxy on a Unix socket that only connects to the hosts and ports of `registries`: tunnels for https, single
 * requests for http. It does not inspect tunnels.
 */
export async function startRegistryProxy({
  socket,
  registries,
}: {
  socket: string;
  registries: readonly URL[];
}): Promise<RegistryProxy> {
  const allowed = new Set(registries.map(toPlace));
  const open = new Set<Duplex>();
  const keep = (stream: Duplex) => {
    open.add(stream);
    stream.once("close", () => open.delete(stream));
    stream.on("error", () => stream.destroy());
  };
  const server = createServer((incoming, answer) => forward({ incoming, answer, allowed }));
  server.on("connection", keep);
  server.on("connect", (incoming: IncomingMessage, client: Socket, head: Buffer) => {
    keep(client);
    const place = incoming.url ?? "";
    if (!allowed.has(place)) {
      client.end("HTTP/1.1 403 Forbidden\r\n\r\nThe sandbox reaches package registries and nothing else.\r\n");
      return;
    }
    const colon = place.lastIndexOf(":");
    const upstream = connect({ host: place.slice(0, colon), port: Number(place.slice(colon + 1)) });
    keep(upstream);
    upstream.setTimeout(silenceMs, () => upstream.destroy());
    upstream.once("error", () => client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    upstream.once("connect", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    client.once("close", () => upstream.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return {
    async close() {
      for (const stream of open) stream.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward({
  incoming,
  answer,
  allowed,
}: {
  incoming: IncomingMessage;
  answer: ServerResponse;
  allowed: ReadonlySet<string>;
}): void {
  const url = URL.canParse(incoming.url ?? "") ? new URL(incoming.url ?? "") : null;
  if (url === null || url.protocol !== "http:" || !allowed.has(toPlace(url))) {
    answer.writeHead(403).end("The sandbox reaches package registries and nothing else.\n");
    return;
  }
  const { "proxy-authorization": _, ...headers } = incoming.headers;
  const upstream = requestHttp(url, { method: incoming.method, headers, timeout: silenceMs }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  upstream.once("timeout", () => upstream.destroy());
  upstream.once("error", () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
  incoming.pipe(upstream);
}

function toPlace({ protocol, hostname, port }: URL): string {
  return `${hostname}:${port === "" ? (protocol === "https:" ? 443 : 80) : port}`;
}
