import type { FaultRun } from "../fault-run.ts";

/** A response as it arrives: its chunks, and whether the connection breaks after them. */
type DamagedStream = { chunks: Uint8Array[]; isBroken: boolean };

type DamageKind =
  | "cut"
  | "broken"
  | "flipped"
  | "repeated event"
  | "lost event"
  | "swapped events"
  | "split"
  | "merged";

export const damageKinds: readonly DamageKind[] = [
  "cut",
  "broken",
  "flipped",
  "repeated event",
  "lost event",
  "swapped events",
  "split",
  "merged",
];

/** Changes only how the bytes arrive. The answer must be the complete one. */
export const harmlessKinds: ReadonlySet<DamageKind> = new Set(["split", "merged"]);

/** Damages a recorded stream once, at a random place. */
export function damageStream({
  events,
  kind,
  faultRun,
}: {
  events: readonly string[];
  kind: DamageKind;
  faultRun: FaultRun;
}): DamagedStream {
  const encoder = new TextEncoder();
  const whole = encoder.encode(events.join(""));
  const at = faultRun.integer({ min: 0, max: whole.length - 1 });
  const index = faultRun.integer({ min: 0, max: events.length - 2 });
  const fromEvents = (changed: readonly string[]): DamagedStream => ({
    chunks: changed.map((event) => encoder.encode(event)),
    isBroken: false,
  });
  switch (kind) {
    case "cut":
      return { chunks: [whole.slice(0, at)], isBroken: false };
    case "broken":
      return { chunks: [whole.slice(0, at)], isBroken: true };
    case "flipped": {
      const flipped = whole.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << faultRun.integer({ min: 0, max: 7 }));
      return { chunks: [flipped], isBroken: false };
    }
    case "repeated event":
      return fromEvents(events.flatMap((event, position) => (position === index ? [event, event] : [event])));
    case "lost event":
      return fromEvents(events.filter((_, position) => position !== index));
    case "swapped events":
      return fromEvents(
        events.map((event, position) =>
          position === index ? (events[index + 1] ?? "") : position === index + 1 ? (events[index] ?? "") : event,
        ),
      );
    case "split": {
      const chunks: Uint8Array[] = [];
      for (let start = 0; start < whole.length;) {
        const end = start + faultRun.integer({ min: 1, max: 60 });
        chunks.push(whole.slice(start, end));
        start = end;
      }
      return { chunks, isBroken: false };
    }
    case "merged":
      return { chunks: [whole.slice(0, at), whole.slice(at)].filter(({ length }) => length > 0), isBroken: false };
  }
}

export function toResponse({ chunks, isBroken }: DamagedStream): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next];
      next += 1;
      if (chunk !== undefined) controller.enqueue(chunk);
      else if (isBroken) controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}
