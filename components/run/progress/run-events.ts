import { useEffect, useState, useSyncExternalStore } from "react";
import type { RunId } from "#lib/contracts/ids.ts";
import { useTRPCClient } from "#lib/trpc/client.tsx";
import { RunEventStore, type RunEventState } from "./run-event-store.ts";

type Client = ReturnType<typeof useTRPCClient>;

/** The events of one run, asked for once however many places of the page show them. */
class RunEventSource {
  readonly store = new RunEventStore();
  readonly #runId: RunId;
  #userCount = 0;
  #subscription: { unsubscribe(): void } | null = null;

  constructor(runId: RunId) {
    this.#runId = runId;
  }

  /** Follows the run as long as anybody does; gives what ends that. */
  follow(client: Client): () => void {
    sources.set(this.#runId, this);
    this.#userCount += 1;
    if (this.#userCount === 1) this.subscribe(client);
    return () => {
      this.#userCount -= 1;
      if (this.#userCount > 0) return;
      this.#subscription?.unsubscribe();
      sources.delete(this.#runId);
    };
  }

  /** From behind the last event that is known. */
  subscribe(client: Client): void {
    const { store } = this;
    this.#subscription?.unsubscribe();
    this.#subscription = client.run.events.subscribe(
      { runId: this.#runId, lastEventId: store.lastSequence === 0 ? null : String(store.lastSequence) },
      {
        onData: ({ data }) => store.append(data),
        onConnectionStateChange: ({ state, error }) => {
          if (state === "pending") store.setConnection("live");
          else if (state === "connecting" && error !== null) store.setConnection("reconnecting");
        },
        onComplete: () => store.setConnection("closed"),
        onError: (error) => {
          store.setConnection("closed");
          store.setError(error);
        },
      },
    );
  }
}

const sources = new Map<RunId, RunEventSource>();

/** The one that others follow. On the server nobody does, and nothing is shared. */
function sourceOf(runId: RunId): RunEventSource {
  const source = sources.get(runId) ?? new RunEventSource(runId);
  if (typeof window !== "undefined") sources.set(runId, source);
  return source;
}

/**
 * Follows a run from its first event on, through reloads and lost connections, until it ends. The component that calls
 * this is keyed by the run.
 */
export function useRunEvents(runId: RunId): { store: RunEventStore; state: RunEventState; retry: () => void } {
  const client = useTRPCClient();
  const [source] = useState(() => sourceOf(runId));
  useEffect(() => source.follow(client), [source, client]);
  const { store } = source;
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  return {
    store,
    state,
    retry() {
      store.setError(null);
      store.setConnection("connecting");
      source.subscribe(client);
    },
  };
}
