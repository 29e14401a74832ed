import type { OpenProgress, OpenRepositoryLine, OpenRepositoryOutput } from "#lib/contracts/projects/repository.ts";
import { toAppError, toTransportError } from "#server/trpc/error-mapping.ts";

/** More lines than this change what nobody sees. */
const progressMs = 100;

type Work = (onProgress: (progress: OpenProgress) => void, signal: AbortSignal) => Promise<OpenRepositoryOutput>;

/**
 * Answers with what `work` comes to. A client that asks for lines gets its progress as it comes, and ends the work by
 * going away; `done` is settled when the work has ended.
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
          // The client has gone, and the work ends with it.
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
        // As above.
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

/** Passes on each step's first line, and then one now and again. */
function throttle(send: (line: OpenRepositoryLine) => void): (progress: OpenProgress) => void {
  let [sentAt, sentStep] = [0, ""];
  return (progress) => {
    if (progress.step === sentStep && performance.now() - sentAt < progressMs) return;
    [sentAt, sentStep] = [performance.now(), progress.step];
    send({ progress });
  };
}

function ignore(): void {
  // Whoever waits for the end does not ask how it was.
}
