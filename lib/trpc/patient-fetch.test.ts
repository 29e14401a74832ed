import { expect, test } from "vitest";
import { createPatientFetch } from "./patient-fetch.ts";

/** A server that is unreachable at first, and the requests sent to it. */
function openServer() {
  let isThere = false;
  let isReachable = true;
  const listeners = new Set<() => void>();
  const sent: string[] = [];
  const set = (next: boolean) => {
    isReachable = next;
    for (const listener of listeners) listener();
  };
  const send: typeof fetch = (input, init) => {
    sent.push(String(input));
    init?.signal?.throwIfAborted();
    return isThere ? Promise.resolve(new Response("page")) : Promise.reject(new TypeError("Failed to fetch"));
  };
  const reachability = {
    isReachable: () => isReachable,
    noteLost: () => set(false),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    fetch: createPatientFetch({ send, reachability }),
    sent,
    isReachable: () => isReachable,
    comeBack() {
      isThere = true;
      set(true);
    },
  };
}

test("a request for a page waits for the server and is sent again", async () => {
  const server = openServer();
  const page = server.fetch("/p/1", { headers: { rsc: "1" } });
  await expect.poll(server.isReachable).toBe(false);
  expect(server.sent).toEqual(["/p/1"]);
  server.comeBack();
  expect(await (await page).text()).toBe("page");
  expect(server.sent).toEqual(["/p/1", "/p/1"]);
});

test("an aborted request for a page ends, and other requests fail at once", async () => {
  const server = openServer();
  const leaving = new AbortController();
  const page = server.fetch("/p/1", { headers: { rsc: "1" }, signal: leaving.signal });
  await expect.poll(server.isReachable).toBe(false);
  leaving.abort();
  await expect(page).rejects.toThrow("aborted");
  await expect(server.fetch("/api/trpc")).rejects.toThrow("Failed to fetch");
});
