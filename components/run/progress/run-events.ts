import { useEffect, useState, useSyncExternalStore } from "react";
import type { RunId } from "#lib/contracts/ids.ts";
import { useTRPCClient } from "#lib/trpc/client.tsx";
import { RunEventStore, type RunEventState } from "./run-event-store.ts";

/**
 * Follows a run from its first event on, through reloads and lost connections, until it ends. The component that calls
 * this is keyed by the run: its store holds one run.
 */
export function useRunEvents(runId: RunId): { store: RunEventStore; state: RunEventState; retry: () => void } {
  const client = useTRPCClient();
  const [store] = useState(() => new RunEventStore());
  const [round, setRound] = useState(0);
  useEffect(() => {
    const subscription = client.run.events.subscribe(
      { runId, lastEventId: store.lastSequence === 0 ? null : String(store.lastSequence) },
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
    return () => subscription.unsubscribe();
  }, [client, runId, store, round]);
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  return {
    store,
    state,
    retry() {
      store.setError(null);
      store.setConnection("connecting");
      setRound((current) => current + 1);
    },
  };
}
