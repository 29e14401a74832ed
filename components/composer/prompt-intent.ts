import { useCallback, useSyncExternalStore } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RunKind } from "#lib/contracts/runs/run-state.ts";

/** What a prompt is sent for, by the kind of its run. */
const intents = new Map<ProjectId, RunKind>();
const listeners = new Set<() => void>();

/** Chooses what the prompt of a project is for, as where a text is put into it. It lasts as long as the page. */
export function setPromptIntent({ projectId, intent }: { projectId: ProjectId; intent: RunKind }): void {
  intents.set(projectId, intent);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePromptIntent(projectId: ProjectId): [intent: RunKind, setIntent: (intent: RunKind) => void] {
  const intent = useSyncExternalStore(
    subscribe,
    () => intents.get(projectId) ?? "generate",
    () => "generate" as const,
  );
  const setIntent = useCallback((next: RunKind) => setPromptIntent({ projectId, intent: next }), [projectId]);
  return [intent, setIntent];
}
