import type { AppError } from "#lib/errors.ts";
import { encodePacket, flushPacket, maxPacketPayload } from "#server/core/git/pkt-line.ts";
import type { PushCommand } from "#server/git/read-push-commands.ts";
import { toAppError } from "#server/trpc/error-mapping.ts";

/** What git offers to clients that push: one transaction for all branches, and lines for the user beside the report. */
export const pushCapabilities = "report-status side-band-64k atomic ofs-delta object-format=sha1 agent=graft";

const reportBand = 1;
const messageBand = 2;
/** git shows a line as it comes; more often than this is flicker. */
const progressMs = 1_000;

/**
 * The answer to a push, sent while it is stored. `store` returns the lines that the user is told at the end. A refusal
 * is told line by line, and as the fate of each branch: git prints both.
 */
export function answerPush({
  commands,
  hasBands,
  store,
  onError,
}: {
  commands: readonly PushCommand[];
  /** Whether the client tells the report and lines for the user apart. */
  hasBands: boolean;
  store: (onProgress: (progress: { stored: number; total: number }) => void) => Promise<string[]>;
  /** Hears of what is told to the user as a refusal. */
  onError: (error: Error) => void;
}): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (bytes: Uint8Array) => {
        try {
          controller.enqueue(bytes);
        } catch {
          // The client has gone; the push ends as it would have.
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
        // As above.
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
