import type { reachability as shared } from "./reachability.ts";

type Reachability = Pick<typeof shared, "isReachable" | "subscribe" | "noteLost">;

/**
 * A `fetch` that repeats requests for pages until an unreachable server is back. Without it the router would leave
 * Graft for the browser's error page, which does not recover. All other requests fail as usual.
 */
export function createPatientFetch({
  send,
  reachability,
}: {
  send: typeof fetch;
  reachability: Reachability;
}): typeof fetch {
  return async (input, init) => {
    if (!isForPage(init)) return send(input, init);
    for (;;) {
      try {
        return await send(input, init);
      } catch (error) {
        if (init?.signal?.aborted === true) throw error;
        reachability.noteLost();
        await untilReachable({ reachability, signal: init?.signal ?? null });
      }
    }
  };
}

/** The router's requests for pages have this header. */
function isForPage(init: RequestInit | undefined): boolean {
  return new Headers(init?.headers).has("rsc");
}

function untilReachable({
  reachability,
  signal,
}: {
  reachability: Reachability;
  signal: AbortSignal | null;
}): Promise<void> {
  return new Promise((resolve) => {
    const leave = reachability.subscribe(() => {
      if (reachability.isReachable()) end();
    });
    const end = () => {
      leave();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    signal?.addEventListener("abort", end);
    if (reachability.isReachable()) end();
  });
}
