import { createServer, request as requestHttp, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { readPreviewToken } from "#server/core/previews/preview-host.ts";
import { joinSockets } from "#server/sandbox/join-sockets.ts";
import { forwardHeaders, frameHeaders } from "./frame-headers.ts";
import { previewPages, renderPreviewPage, type PreviewPage } from "./preview-page.ts";

/** The listener's view of a preview. */
type PreviewTarget = {
  /** False while its program does not listen yet. */
  isOpen: boolean;
  /** A connection to its program for one request; null if there is none any more. */
  take(signal: AbortSignal): Promise<Socket | null>;
  /** It received a request. */
  noteUse(): void;
};

export type PreviewListener = { port: number; close(): Promise<void> };

/** A development server compiles a page at its first request. */
const answerTimeoutMs = 120_000;
/** For connections to the program: when one is taken, the next is opened. */
const connectTimeoutMs = 10_000;
const maxHeaderBytes = 64 * 1_024;

/**
 * One listener for all previews, on this host only. The host name selects the preview; nothing else is reachable here.
 */
export async function startPreviewListener({
  host = "127.0.0.1",
  port,
  frameAncestors,
  find,
}: {
  host?: string;
  /** 0 for any free port. */
  port: number;
  /** The origins of Graft's pages, which show previews in frames. */
  frameAncestors: readonly string[];
  find: (token: string) => PreviewTarget | null;
}): Promise<PreviewListener> {
  const open = new Set<Duplex>();
  const findTarget = ({ headers }: IncomingMessage) => {
    const token = readPreviewToken(headers.host);
    return token === null ? null : find(token);
  };
  const server = createServer({ maxHeaderSize: maxHeaderBytes, requestTimeout: 0 }, (incoming, answer) => {
    const target = findTarget(incoming);
    if (target === null) return sendPage({ answer, page: previewPages.unknown });
    target.noteUse();
    if (!target.isOpen) return sendPage({ answer, page: previewPages.starting });
    void forward({ incoming, answer, target, frameAncestors });
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.on("upgrade", (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on("error", () => client.destroy());
    const target = findTarget(incoming);
    if (target?.isOpen !== true)
      return client.end(`HTTP/1.1 ${target === null ? "404 Not Found" : "503 Service Unavailable"}\r\n\r\n`);
    target.noteUse();
    void tunnel({ incoming, client, head, target });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Streams the request and the response without buffering. */
async function forward({
  incoming,
  answer,
  target,
  frameAncestors,
}: {
  incoming: IncomingMessage;
  answer: ServerResponse;
  target: PreviewTarget;
  frameAncestors: readonly string[];
}): Promise<void> {
  const leaving = new AbortController();
  answer.once("close", () => leaving.abort());
  const socket = await target.take(AbortSignal.any([leaving.signal, AbortSignal.timeout(connectTimeoutMs)]));
  if (leaving.signal.aborted) return void socket?.destroy();
  if (socket === null) return sendPage({ answer, page: previewPages.broken });
  const outgoing = requestHttp({
    createConnection: () => socket,
    method: incoming.method,
    path: incoming.url,
    // In original order, including the host's name.
    setDefaultHeaders: false,
    headers: [...forwardHeaders(incoming.rawHeaders), ...bodyHeaders(incoming), "Connection", "close"],
    maxHeaderSize: maxHeaderBytes,
  });
  leaving.signal.addEventListener("abort", () => outgoing.destroy(), { once: true });
  const silence = setTimeout(() => {
    if (!answer.headersSent) sendPage({ answer, page: previewPages.silent });
    outgoing.destroy();
  }, answerTimeoutMs);
  outgoing.once("close", () => clearTimeout(silence));
  // After the response, an error of the request body does not matter.
  outgoing.on("error", () => answer.headersSent || sendPage({ answer, page: previewPages.broken }));
  outgoing.once("response", (received) => {
    clearTimeout(silence);
    const { statusCode = 502, statusMessage, rawHeaders } = received;
    answer.writeHead(statusCode, statusMessage, frameHeaders({ rawHeaders, frameAncestors }));
    // The headers of an event stream are useful before its first event.
    answer.flushHeaders();
    received.on("error", () => answer.destroy());
    received.pipe(answer);
  });
  incoming.pipe(outgoing);
}

/** A body without a length is sent in chunks. */
function bodyHeaders({ headers }: IncomingMessage): string[] {
  return headers["transfer-encoding"] === undefined ? [] : ["Transfer-Encoding", "chunked"];
}

/** Bytes in both directions, after the request's head was sent unchanged. */
async function tunnel({
  incoming,
  client,
  head,
  target,
}: {
  incoming: IncomingMessage;
  client: Duplex;
  head: Buffer;
  target: PreviewTarget;
}): Promise<void> {
  const leaving = new AbortController();
  client.once("close", () => leaving.abort());
  const socket = await target.take(AbortSignal.any([leaving.signal, AbortSignal.timeout(connectTimeoutMs)]));
  if (socket === null) return void client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2)
    lines.push(`${incoming.rawHeaders[index]}: ${incoming.rawHeaders[index + 1]}`);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  socket.write(head);
  joinSockets(client, socket);
}

function sendPage({ answer, page }: { answer: ServerResponse; page: PreviewPage }): void {
  const body = renderPreviewPage(page);
  answer.writeHead(page.status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    ...(page.refreshSeconds === null ? {} : { "retry-after": String(page.refreshSeconds) }),
  });
  answer.end(body);
}
