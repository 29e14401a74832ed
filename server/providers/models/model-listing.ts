import type { Clock } from "../clock.ts";
import type { ModelPrice } from "./model-price.ts";
import { waitBriefly } from "./wait-briefly.ts";

/** What a vendor's list tells about one of its models. Unknown fields are absent. */
export type ListedModel = {
  name: string;
  label?: string | undefined;
  contextTokens?: number | undefined;
  maxOutputTokens?: number | undefined;
  supportsTools?: boolean | undefined;
  supportsImages?: boolean | undefined;
  price?: ModelPrice | undefined;
};

/** `httpStatus` is null if there was no answer, or an unreadable one. */
export type Listing = { status: "read"; models: ListedModel[] } | { status: "failed"; httpStatus: number | null };

export type ModelListing = {
  /** The vendor's list, however long it takes. */
  read(): Promise<Listing>;
  /**
   * What can be shown at once: an old list while a new one is being requested. Null if the vendor has not responded in
   * time; the request continues.
   */
  peek(): Promise<Listing | null>;
};

/** Short, so that a server that was just started is found soon. */
const failedLifeMs = 5_000;
const timeoutMs = 5_000;

/** The models that a vendor lists at `url`. Requested at most once per `lifeMs`. */
export function createModelListing({
  url,
  headers,
  parse,
  lifeMs,
  clock,
  fetch,
}: {
  url: string;
  headers: Record<string, string>;
  /** Parses the response JSON; throws if it is not a listing. */
  parse: (body: unknown) => ListedModel[] | Promise<ListedModel[]>;
  lifeMs: number;
  clock: Clock;
  fetch: typeof globalThis.fetch;
}): ModelListing {
  let asked: { promise: Promise<Listing>; result: Listing | null; endsAtMs: number } | null = null;
  let lastRead: Listing | null = null;

  async function ask(): Promise<Listing> {
    try {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
      if (response.ok) return { status: "read", models: await parse(await response.json()) };
      await response.body?.cancel();
      return { status: "failed", httpStatus: response.status };
    } catch {
      return { status: "failed", httpStatus: null };
    }
  }

  /** The current request: the last one, or a new one if its response is too old. */
  function stand() {
    if (asked !== null && clock.now() < asked.endsAtMs) return asked;
    const current = { promise: ask(), result: null as Listing | null, endsAtMs: clock.now() + lifeMs };
    void current.promise.then((result) => {
      current.result = result;
      if (result.status === "failed") current.endsAtMs = Math.min(current.endsAtMs, clock.now() + failedLifeMs);
      else lastRead = result;
    });
    asked = current;
    return current;
  }

  return {
    read: () => stand().promise,
    async peek() {
      const { promise, result } = stand();
      return result ?? lastRead ?? waitBriefly(promise);
    },
  };
}
