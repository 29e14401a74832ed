import { useCallback, useSyncExternalStore } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { addToScope } from "./scope-globs.ts";

/** The globs that the next run is limited to, as they are typed. It lasts as long as the page, as it is for one prompt. */
const scopes = new Map<ProjectId, string>();
const listeners = new Set<() => void>();

function setPromptScope({ projectId, text }: { projectId: ProjectId; text: string }): void {
  scopes.set(projectId, text);
  for (const listener of listeners) listener();
}

/** Limits the next prompt to a file or a folder, beside what it is limited to already. */
export function limitPromptTo({ projectId, glob }: { projectId: ProjectId; glob: string }): void {
  setPromptScope({ projectId, text: addToScope({ text: scopes.get(projectId) ?? "", glob }) });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePromptScope(projectId: ProjectId): [text: string, setText: (text: string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => scopes.get(projectId) ?? "",
    () => "",
  );
  const setText = useCallback((next: string) => setPromptScope({ projectId, text: next }), [projectId]);
  return [text, setText];
}
