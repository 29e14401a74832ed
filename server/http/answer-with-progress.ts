import type { OpenProgress, OpenRepositoryLine, OpenRepositoryOutput } from "#lib/contracts/projects/repository.ts";
import { toAppError, toTransportError } from "#server/trpc/error-mapping.ts";

/** More frequent lines would not be visible. */
const progressMs = 100;

type Work = (onProgress: (progress: OpenProgress) => void, signal: AbortSignal) => Promise<OpenRepositoryOutput>;

/**
 * Responds with the result of `work`. A client that requests lines receives progress as it happens, and cancels the
 * work by disconnecting. `done` settles when the work has ended.
 */
export function answerWithProgress({ request, requestId, work }: { request: Request; requestId: string; work: Work }): {
  response: Promise<Response>;
  done: Promise<void>;
} {
  if (!(request.headers.get("accept") ?? "").includes("application/x-ndjson")) {
    const opened = work(() => undefined, request.signal);
    return { response: opened.then((output) => Response.json(output)), done: opened.then(ignore, ignore) };
  }
  const leaving = new AbortController();
  const done = Promise.withResolvers<void>();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (line: OpenRepositoryLine) => {
        try {
          controller.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
        } catch {
          // The client has disconnected, which ends the work.
        }
      };
      const signal = AbortSignal.any([request.signal, leaving.signal]);
      await work(throttle(send), signal).then(
        (opened) => send({ opened }),
        (cause: unknown) => {
          if (signal.aborted) return;
          const error = cause instanceof Error ? cause : new Error(String(cause));
          toTransportError({ error, requestId });
          const { code, message, details } = toAppError(error);
          send({ error: { code, message, requestId, ...(details === undefined ? {} : { details }) } });
        },
      );
      done.resolve();
      try {
        controller.close();
      } catch {
        // The client has disconnected.
      }
    },
    cancel: () => leaving.abort(new Error("The client has gone.")),
  });
  const headers = {
    "content-type": "application/x-ndjson; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
  };
  return { response: Promise.resolve(new Response(stream, { headers })), done: done.promise };
}

/** Passes on the first line of each step, then one per interval. */
function throttle(send: (line: OpenRepositoryLine) => void): (progress: OpenProgress) => void {
  let [sentAt, sentStep] = [0, ""];
  return (progress) => {
    if (progress.step === sentStep && performance.now() - sentAt < progressMs) return;
    [sentAt, sentStep] = [performance.now(), progress.step];
    send({ progress });
  };
}

function ignore(): void {
  // A caller that only waits for the end needs no progress.
}
