import { setTimeout as delay } from "node:timers/promises";

/** A page that shows the models does not wait longer for what a vendor is asked; the next one has it. */
const patienceMs = 1_000;

/** What `promise` comes to; null where that takes longer than a page waits. */
export async function waitBriefly<Result>(promise: Promise<Result>): Promise<Result | null> {
  const patience = new AbortController();
  const late = delay(patienceMs, null, { signal: patience.signal, ref: false }).catch(() => null);
  return Promise.race([promise, late]).finally(() => patience.abort());
}
