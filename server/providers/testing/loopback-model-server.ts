import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { isPlainReply, type LoopbackReply, type StreamedReply } from "./loopback-reply.ts";
import { readLoopbackRequest, type LoopbackRequest, type LoopbackWire } from "./loopback-request.ts";
import { toErrorEvent, toLoopbackEvents } from "./loopback-wires.ts";

export type LoopbackModelServer = {
  /** The base URL for all wire formats: `http://127.0.0.1:PORT/v1`. Ollama's is next to it, under `/api`. */
  url: string;
  /** In order of arrival, without those for lists of models. */
  requests: LoopbackRequest[];
  close(): Promise<void>;
};

/** A function of the request, or a list of replies, of which the last repeats. */
type LoopbackScript = LoopbackReply[] | ((request: LoopbackRequest) => LoopbackReply | Promise<LoopbackReply>);

const wiresByPath: Readonly<Record<string, LoopbackWire>> = {
  "/v1/chat/completions": "chat",
  "/v1/messages": "messages",
  "/v1/responses": "responses",
  "/api/chat": "ollama",
};

/**
 * A model server for tests, on 127.0.0.1 and a free port. It implements OpenAI's chat completions and responses,
 * Anthropic's messages, Ollama's chat, and the lists of models, streams the replies of `respond`, and injects the
 * requested faults.
 */
export async function startLoopbackModelServer({
  respond,
  models = [{ id: "loopback" }],
  port = 0,
}: {
  respond: LoopbackScript;
  /** The models of `GET /models` and `GET /api/tags`; `POST /api/show` answers with the same fields. */
  models?: ({ id: string } & Record<string, unknown>)[];
  /** 0 takes any free port. */
  port?: number;
}): Promise<LoopbackModelServer> {
  const requests: LoopbackRequest[] = [];

  async function choose(request: LoopbackRequest): Promise<LoopbackReply> {
    if (typeof respond === "function") return respond(request);
    const reply = respond[Math.min(requests.length, respond.length) - 1];
    if (reply === undefined) throw new Error("The script has no reply.");
    return reply;
  }

  async function handle({
    incoming,
    response,
  }: {
    incoming: IncomingMessage;
    response: ServerResponse;
  }): Promise<void> {
    const path = new URL(incoming.url ?? "/", "http://loopback").pathname;
    if (incoming.method === "GET" && path === "/v1/models")
      return sendPlain({ response, status: 200, headers: {}, body: { object: "list", data: models } });
    if (incoming.method === "GET" && path === "/api/tags")
      return sendPlain({
        response,
        status: 200,
        headers: {},
        body: { models: models.map(({ id }) => ({ name: id })) },
      });
    if (path === "/api/show") {
      const { model } = JSON.parse(await readBody(incoming)) as { model: string };
      const body = { capabilities: ["completion", "tools"], ...models.find(({ id }) => id === model) };
      return sendPlain({ response, status: 200, headers: {}, body });
    }
    const wire = wiresByPath[path];
    if (incoming.method !== "POST" || wire === undefined)
      return sendPlain({
        response,
        status: 404,
        headers: {},
        body: { error: { message: `No ${path} here.`, type: "not_found_error" } },
      });
    const request = readLoopbackRequest({
      wire,
      body: JSON.parse(await readBody(incoming)) as Record<string, unknown>,
      headers: incoming.headers as Record<string, string>,
    });
    requests.push(request);
    response.on("close", () => {
      request.isEnded = true;
      request.isAborted = !response.writableFinished;
      if (request.isAborted) request.abortedAtMs = performance.now();
    });
    const reply = await choose(request);
    if (isPlainReply(reply)) sendPlain({ response, headers: {}, ...reply });
    else await sendStream({ response, request, reply });
  }

  const server = createServer((incoming, response) => {
    handle({ incoming, response }).catch((error: unknown) => {
      if (!response.headersSent)
        sendPlain({
          response,
          status: 500,
          headers: {},
          body: { error: { message: String(error), type: "loopback_error" } },
        });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function sendPlain({
  response,
  status,
  headers,
  body,
}: {
  response: ServerResponse;
  status: number;
  headers: Record<string, string>;
  body: string | object;
}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function sendStream({
  response,
  request,
  reply,
}: {
  response: ServerResponse;
  request: LoopbackRequest;
  reply: StreamedReply;
}): Promise<void> {
  const { fault, chunkDelayMs = 0 } = reply;
  if (fault?.type === "hang" && fault.at === "headers") return;
  response.writeHead(200, { "content-type": "text/event-stream", ...reply.headers });
  response.flushHeaders();
  if (fault?.type === "hang" && fault.at === "body") return;
  let sentBytes = 0;
  const pieces = [...toPieces({ events: toFaultyEvents({ request, reply }), pieceBytes: reply.pieceBytes })];
  for (const [index, piece] of pieces.entries()) {
    if (chunkDelayMs > 0) await delay(chunkDelayMs);
    if (index === Math.ceil(pieces.length / 2)) await reply.secondHalf;
    if (response.destroyed) return;
    const limit = fault?.type === "cut" || fault?.type === "early-end" ? fault.afterBytes : Number.POSITIVE_INFINITY;
    const allowed = piece.subarray(0, limit - sentBytes);
    // Waits so that each piece is sent separately, and a piece before a cut is sent at all.
    await new Promise<void>((resolve) => response.write(allowed, () => resolve()));
    sentBytes += allowed.length;
    if (sentBytes >= limit) {
      if (fault?.type === "cut") response.destroy();
      else response.end();
      return;
    }
  }
  if (fault?.type === "hang") return;
  if (fault?.type === "flood") await flood({ response, wire: request.wire, bytes: fault.bytes });
  response.end();
}

function toFaultyEvents({ request, reply }: { request: LoopbackRequest; reply: StreamedReply }): string[] {
  const events = toLoopbackEvents({ request, reply });
  const middle = Math.ceil(events.length / 2);
  const firstHalf = events.slice(0, middle).map(({ text }) => text);
  const all = events.map(({ text }) => text);
  const { fault } = reply;
  switch (fault?.type) {
    case "broken-event":
      return [...firstHalf, 'data: {"choices": [{"delta": {"cont\n\n', ...all.slice(middle)];
    case "duplicate-events":
      return events.flatMap(({ text, hasContent }) => (hasContent ? [text, text] : [text]));
    case "error-event":
      return [...firstHalf, toErrorEvent({ request, code: fault.code, message: fault.message }).text];
    case "odd-error-event":
      return [...firstHalf, `data: ${JSON.stringify({ error: fault.message })}\n\n`];
    case "hang":
    case "flood":
      return firstHalf;
    default:
      return all;
  }
}

function toPieces({ events, pieceBytes }: { events: string[]; pieceBytes: number | undefined }): Buffer[] {
  if (pieceBytes === undefined) return events.map((event) => Buffer.from(event));
  const bytes = Buffer.from(events.join(""));
  return Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
}

async function flood({
  response,
  wire,
  bytes,
}: {
  response: ServerResponse;
  wire: LoopbackWire;
  bytes: number;
}): Promise<void> {
  // Lines of JSON have no comments; an empty line is as meaningless.
  const comment = Buffer.from(wire === "ollama" ? `${" ".repeat(65_535)}\n` : `: ${"x".repeat(65_532)}\n\n`);
  for (let sent = 0; sent < bytes && !response.destroyed; sent += comment.length) {
    await new Promise<void>((resolve) => response.write(comment, () => resolve()));
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

export type { LoopbackReply, LoopbackRequest };
