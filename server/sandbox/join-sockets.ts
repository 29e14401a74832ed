import type { Duplex } from "node:stream";

/** How long a side may stay open after the other has closed, so that what was sent last still arrives. */
const lingerMs = 10_000;

/**
 * Sends the bytes of each side to the other. When one side ends, the other ends after it has sent all bytes. When one
 * side fails, the other is destroyed.
 */
export function joinSockets(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    if (from.destroyed) to.destroy();
    from.on("error", () => to.destroy());
    from.once("close", () => {
      // Destroying it at once would drop what it has not sent yet.
      if (from.readableEnded) setTimeout(() => to.destroy(), lingerMs).unref();
      else to.destroy();
    });
    from.pipe(to);
  }
}
