import { useRef } from "react";

/** 128 random bits as hex. Not `crypto.randomUUID`, which only exists on HTTPS and localhost. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * One key per attempt: a second press, or a retry after a lost response, repeats the key of the same request, so the
 * server starts nothing twice. A changed request gets a new key, and so does the next one after `startNext`.
 */
export function useIdempotencyKey(): { keyOf: (request: object) => string; startNext: () => void } {
  const current = useRef<{ request: string; key: string } | null>(null);
  return {
    keyOf(request) {
      const text = JSON.stringify(request);
      if (current.current?.request !== text) current.current = { request: text, key: randomKey() };
      return current.current.key;
    },
    startNext() {
      current.current = null;
    },
  };
}
