import { setTimeout as delay } from "node:timers/promises";

/** A page that shows the models waits no longer for a vendor; the next page load has the result. */
const patienceMs = 1_000;

/** The result of `promise`; null if that takes longer than a page waits. */
export async function waitBriefly<Result>(promise: Promise<Result>): Promise<Result | null> {
  const patience = new AbortController();
  const late = delay(patienceMs, null, { signal: patience.signal, ref: false }).catch(() => null);
  return Promise.race([promise, late]).finally(() => patience.abort());
}
