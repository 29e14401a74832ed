import type { AppError } from "#lib/errors.ts";
import { encodePacket, flushPacket, maxPacketPayload } from "#server/core/git/pkt-line.ts";
import type { PushCommand } from "#server/git/read-push-commands.ts";
import { toAppError } from "#server/trpc/error-mapping.ts";

/** The capabilities for clients that push: one transaction for all branches, and messages beside the report. */
export const pushCapabilities = "report-status side-band-64k atomic ofs-delta object-format=sha1 agent=graft";

const reportBand = 1;
const messageBand = 2;
/** git prints each line as it arrives; more lines would flicker. */
const progressMs = 1_000;

/**
 * The response to a push, streamed while the push is stored. `store` returns the final lines for the user. A refusal is
 * sent line by line, and as the status of each branch: git prints both.
 */
export function answerPush({
  commands,
  hasBands,
  store,
  onError,
}: {
  commands: readonly PushCommand[];
  /** Whether the client separates the report from messages to the user. */
  hasBands: boolean;
  store: (onProgress: (progress: { stored: number; total: number }) => void) => Promise<string[]>;
  /** Receives the text that the user sees as a refusal. */
  onError: (error: Error) => void;
}): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (bytes: Uint8Array) => {
        try {
          controller.enqueue(bytes);
        } catch {
          // The client has disconnected; the push is stored all the same.
        }
      };
      const tell = (line: string) => {
        if (hasBands) send(encodeBand({ band: messageBand, payload: Buffer.from(`${line}\n`) }));
      };
      let toldAt = performance.now();
      const report = await store(({ stored, total }) => {
        if (performance.now() - toldAt < progressMs) return;
        toldAt = performance.now();
        tell(`Storing commits: ${stored} of ${total}`);
      }).then(
        (lines) => {
          lines.forEach(tell);
          return encodeReport({ commands, refusal: null });
        },
        (cause: unknown) => {
          const error = cause instanceof Error ? cause : new Error(String(cause));
          onError(error);
          const refusal = toAppError(error);
          for (const line of refusal.message.split(/(?<=[.?!]) (?=[A-Z])/)) tell(line);
          return encodeReport({ commands, refusal });
        },
      );
      if (hasBands) {
        for (let at = 0; at < report.length; at += maxPacketPayload - 1)
          send(encodeBand({ band: reportBand, payload: report.subarray(at, at + maxPacketPayload - 1) }));
        send(flushPacket);
      } else send(report);
      try {
        controller.close();
      } catch {
        // The client has disconnected.
      }
    },
  });
}

function encodeReport({ commands, refusal }: { commands: readonly PushCommand[]; refusal: AppError | null }): Buffer {
  const reason =
    refusal?.code === "NOT_FAST_FORWARD" ? "fetch first" : (refusal?.code ?? "").toLowerCase().replaceAll("_", " ");
  const lines = commands.map(({ ref }) => (refusal === null ? `ok ${ref}\n` : `ng ${ref} ${reason}\n`));
  return Buffer.concat([...["unpack ok\n", ...lines].map(encodePacket), flushPacket]);
}

function encodeBand({ band, payload }: { band: number; payload: Buffer }): Buffer {
  return encodePacket(Buffer.concat([Buffer.from([band]), payload]));
}
