import { redactSecrets } from "./redact-secrets.ts";

type ModelHttpErrorKind =
  | "forbidden-address"
  | "redirected"
  | "unreachable"
  | "headers-late"
  | "bytes-late"
  | "took-too-long"
  | "cut"
  | "too-large"
  | "not-a-stream";

/**
 * A failure between Graft and a model server, below the protocol. `message` is technical and contains no secrets;
 * `body` is unchanged.
 */
export class ModelHttpError extends Error {
  readonly kind: ModelHttpErrorKind;
  /** The start of what a server sent instead of a stream. */
  readonly body: string | undefined;

  constructor({ kind, message, body }: { kind: ModelHttpErrorKind; message: string; body?: string }) {
    super(message);
    this.name = "ModelHttpError";
    this.kind = kind;
    this.body = body;
  }
}

export type HttpLimits = {
  /** From the request to the response headers. A model that thinks before it streams sends its headers at once. */
  headerTimeoutMs: number;
  /** Between two pieces of the response. */
  idleTimeoutMs: number;
  /**
   * From the request to the end of the response: a server that sends a character now and then would hold a slot for
   * hours.
   */
  totalTimeoutMs: number;
  /** The longest answer of any model is below 1 MiB of text; on the wire each token takes up to 300 bytes. */
  maxResponseBytes: number;
};

export const defaultHttpLimits: HttpLimits = {
  headerTimeoutMs: 60_000,
  idleTimeoutMs: 120_000,
  // 8,192 tokens at 5 a second, the speed of a slow local server, take 27 minutes.
  totalTimeoutMs: 30 * 60_000,
  maxResponseBytes: 64 * 1_048_576,
};

/** For a server of the operator: it sends its headers only after it has loaded the model and read the prompt. */
export const selfHostedLimits: HttpLimits = { ...defaultHttpLimits, headerTimeoutMs: 180_000 };

/** The limit for reading an error body. */
const maxErrorBytes = 65_536;

/**
 * A `fetch` for one model server. It requests only addresses under `baseUrl`, follows no redirect, and limits the wait
 * for headers, the wait for bytes and the size. A POST must be answered with a stream, unless it
 * accepts only JSON. An error body is passed on
 * unchanged and may contain a secret: callers classify it first and redact what they quote.
 *
 * @throws ModelHttpError; the signal's reason when aborted
 */
export function createGuardedFetch({
  baseUrl,
  secrets,
  fetch: send = fetch,
  limits = defaultHttpLimits,
}: {
  baseUrl: string;
  secrets: readonly string[];
  fetch?: typeof fetch | undefined;
  limits?: HttpLimits | undefined;
}): typeof fetch {
  const base = new URL(baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);

  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) {
      throw new ModelHttpError({
        kind: "forbidden-address",
        message: `A request to ${url.origin} was stopped: only ${base.origin} is configured.`,
      });
    }
    const endsAtMs = performance.now() + limits.totalTimeoutMs;
    const response = await sendInTime({ send, url, init, headerTimeoutMs: limits.headerTimeoutMs, secrets });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new ModelHttpError({
        kind: "redirected",
        message: `${base.origin} answered with a redirect (HTTP ${response.status}).`,
      });
    }
    if (response.body === null) return response;
    const body = watchBody({ body: response.body, limits, endsAtMs, signal: init?.signal });
    const isStreamWanted = init?.method === "POST" && new Headers(init.headers).get("accept") !== "application/json";
    if (response.ok && !(isStreamWanted && isDocument(response))) return new Response(body, response);

    const text = await readStart(body);
    if (response.ok) {
      throw new ModelHttpError({
        kind: "not-a-stream",
        message: `${base.origin} answered with ${response.headers.get("content-type")} instead of a stream.`,
        body: text,
      });
    }
    return new Response(text, {
      status: response.status,
      statusText: response.statusText,
      headers: withoutEncoding(response.headers),
    });
  };
}

async function sendInTime({
  send,
  url,
  init,
  headerTimeoutMs,
  secrets,
}: {
  send: typeof fetch;
  url: URL;
  init: RequestInit | undefined;
  headerTimeoutMs: number;
  secrets: readonly string[];
}): Promise<Response> {
  const watchdog = new AbortController();
  const timer = setTimeout(() => {
    watchdog.abort(
      new ModelHttpError({
        kind: "headers-late",
        message: `${url.origin} sent no response within ${headerTimeoutMs} ms.`,
      }),
    );
  }, headerTimeoutMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, watchdog.signal]) : watchdog.signal;
  try {
    return await send(url, { ...init, redirect: "manual", signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new ModelHttpError({
      kind: "unreachable",
      message: redactSecrets({ text: `${url.origin} could not be reached: ${describeCause(error)}.`, secrets }),
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The body. Fails if the next piece or the end is late, if it is too large, or if the connection breaks. */
function watchBody({
  body,
  limits,
  endsAtMs,
  signal,
}: {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  limits: HttpLimits;
  /** In the time of `performance.now()`. */
  endsAtMs: number;
  signal: AbortSignal | null | undefined;
}): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let receivedBytes = 0;

  const tookTooLong = () =>
    new ModelHttpError({
      kind: "took-too-long",
      message: `The response took more than ${limits.totalTimeoutMs} ms.`,
    });

  async function readInTime() {
    const leftMs = endsAtMs - performance.now();
    // A timer alone is not enough: with a server that always has a next piece, it would never win the race.
    if (leftMs <= 0) throw tookTooLong();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => {
        reject(
          leftMs < limits.idleTimeoutMs
            ? tookTooLong()
            : new ModelHttpError({
                kind: "bytes-late",
                message: `The response paused for more than ${limits.idleTimeoutMs} ms.`,
              }),
        );
      },
      Math.min(leftMs, limits.idleTimeoutMs),
    );
    try {
      return await Promise.race([reader.read(), late]);
    } catch (error) {
      if (error instanceof ModelHttpError) throw error;
      signal?.throwIfAborted();
      throw new ModelHttpError({
        kind: "cut",
        message: `The connection broke after ${receivedBytes} bytes: ${describeCause(error)}.`,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await readInTime();
        if (done) {
          controller.close();
          return;
        }
        receivedBytes += value.byteLength;
        if (receivedBytes > limits.maxResponseBytes) {
          throw new ModelHttpError({
            kind: "too-large",
            message: `The response has more than ${limits.maxResponseBytes} bytes.`,
          });
        }
        controller.enqueue(value);
      } catch (error) {
        controller.error(error);
        // The connection is no longer needed, so an error while it closes is ignored.
        await reader.cancel(error).catch(() => undefined);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function readStart(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let readBytes = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    readBytes += chunk.byteLength;
    if (readBytes >= maxErrorBytes) break;
  }
  return text;
}

/** Some servers send streams without a content type or with a vague one; these two types are never a stream. */
function isDocument(response: Response): boolean {
  return /^\s*(text\/html|application\/(problem\+)?json)\b/i.test(response.headers.get("content-type") ?? "");
}

/** The text passed on is already decoded. */
function withoutEncoding(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete("content-encoding");
  kept.delete("content-length");
  return kept;
}

function describeCause(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return "unknown reason";
  const code = (cause as NodeJS.ErrnoException).code;
  return code ?? cause.message;
}
