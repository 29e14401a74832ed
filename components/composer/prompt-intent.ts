import { useCallback, useSyncExternalStore } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RunKind } from "#lib/contracts/runs/run-state.ts";

/** The purpose of a prompt, as its run's kind. */
const intents = new Map<ProjectId, RunKind>();
const listeners = new Set<() => void>();

/** Sets the purpose of a project's prompt, for example when a text is inserted. Kept until the page is left. */
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
