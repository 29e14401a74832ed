import type { reachability as shared } from "./reachability.ts";

type Reachability = Pick<typeof shared, "isReachable" | "subscribe" | "noteLost">;

/**
 * A `fetch` whose requests for pages wait for a server that is away, and are sent again when it is back. The router
 * leaves the product for the browser's own error page where one fails, and nothing leads back from there. All other
 * requests fail as they would.
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

/** What the router asks for a page with. */
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
