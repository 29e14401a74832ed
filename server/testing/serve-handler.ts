import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Serves a web request handler on a free loopback port, for clients that only speak HTTP. */
export async function serveHandler(
  handle: (request: Request) => Promise<Response>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((message, answer) => {
    const aborting = new AbortController();
    answer.once("close", () => aborting.abort());
    const hasBody = message.method !== "GET" && message.method !== "HEAD";
    const request = new Request(`http://${message.headers.host ?? "127.0.0.1"}${message.url ?? "/"}`, {
      method: message.method ?? "GET",
      headers: new Headers(message.headers as Record<string, string>),
      signal: aborting.signal,
      ...(hasBody ? { body: Readable.toWeb(message), duplex: "half" } : {}),
    } as RequestInit);
    void handle(request).then(
      async (response) => {
        answer.writeHead(response.status, Object.fromEntries(response.headers));
        if (response.body === null) answer.end();
        else await pipeline(Readable.fromWeb(response.body as never), answer).catch(() => undefined);
      },
      () => answer.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
