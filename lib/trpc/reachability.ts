import { readAppError } from "./app-error.ts";

let isReachable = true;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  if (isReachable === next) return;
  isReachable = next;
  for (const listener of listeners) listener();
}

/** Whether the last request reached the server, as an external store for React. */
export const reachability = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isReachable: (): boolean => isReachable,
  noteAnswer(): void {
    set(true);
  },
  noteLost(): void {
    set(false);
  },
  /** An error returned by the server is an answer too. */
  noteError(error: unknown): void {
    set(readAppError(error).code !== "OFFLINE");
  },
  /** Requests a cheap endpoint to test the connection. */
  async probe(): Promise<boolean> {
    const answer = await fetch("/api/health", { cache: "no-store" }).catch(() => null);
    set(answer !== null);
    return answer !== null;
  },
};
