import { useEffect, useState, useSyncExternalStore } from "react";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import { useTRPCClient } from "#lib/trpc/client.tsx";
import { RunEventStore, type RunEventState } from "./run-event-store.ts";

type Client = ReturnType<typeof useTRPCClient>;

/** The events of one run, with one subscription for all components of the page. */
class RunEventSource {
  readonly store = new RunEventStore();
  readonly #runId: RunId;
  #userCount = 0;
  #subscription: { unsubscribe(): void } | null = null;

  constructor(runId: RunId) {
    this.#runId = runId;
  }

  /** Follows the run while anyone subscribes; returns an unsubscribe function. */
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

  /** Starts after the last known event. */
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

/** The shared store. The server follows nothing and shares nothing. */
function sourceOf(runId: RunId): RunEventSource {
  const source = sources.get(runId) ?? new RunEventSource(runId);
  if (typeof window !== "undefined") sources.set(runId, source);
  return source;
}

/**
 * Follows a run from its first event through reloads and lost connections, until it ends. The calling component must be
 * keyed by the run.
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

/** The version that a run made, once an event says so: in the render that shows the run's end. Null for no run. */
export function useMadeVersion(runId: RunId | null): GenerationId | null {
  const store = runId === null ? null : sourceOf(runId).store;
  return useSyncExternalStore(
    store?.subscribe ?? subscribeToNothing,
    () => (store === null ? null : madeVersion(store.getState())),
    () => null,
  );
}

const subscribeToNothing = () => () => {};

function madeVersion({ view: { end } }: RunEventState): GenerationId | null {
  return end?.type === "succeeded" ? end.generationId : null;
}
