import type { Clock } from "../clock.ts";
import type { ModelPrice } from "./model-price.ts";

/** What a vendor tells of one of its models. Absent is what it does not tell. */
export type ListedModel = {
  name: string;
  label?: string | undefined;
  contextTokens?: number | undefined;
  maxOutputTokens?: number | undefined;
  supportsTools?: boolean | undefined;
  supportsImages?: boolean | undefined;
  price?: ModelPrice | undefined;
};

/** `httpStatus` is null where there was no answer, or none that could be read. */
export type Listing = { status: "read"; models: ListedModel[] } | { status: "failed"; httpStatus: number | null };

export type ModelListing = { read(): Promise<Listing> };

/** A server that was just started is seen soon. */
const failedLifeMs = 5_000;
const timeoutMs = 5_000;

/** The models that a vendor lists at `url`, asked for at most once in `lifeMs`. */
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
  /** Reads the answer's JSON; it throws where that is no listing. */
  parse: (body: unknown) => ListedModel[];
  lifeMs: number;
  clock: Clock;
  fetch: typeof globalThis.fetch;
}): ModelListing {
  let asked: { promise: Promise<Listing>; endsAtMs: number } | null = null;

  async function ask(): Promise<Listing> {
    try {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
      if (response.ok) return { status: "read", models: parse(await response.json()) };
      await response.body?.cancel();
      return { status: "failed", httpStatus: response.status };
    } catch {
      return { status: "failed", httpStatus: null };
    }
  }

  return {
    async read() {
      if (asked === null || clock.now() >= asked.endsAtMs) asked = { promise: ask(), endsAtMs: clock.now() + lifeMs };
      const current = asked;
      const result = await current.promise;
      if (result.status === "failed") current.endsAtMs = Math.min(current.endsAtMs, clock.now() + failedLifeMs);
      return result;
    },
  };
}
