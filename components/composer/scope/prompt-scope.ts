import { useCallback, useSyncExternalStore } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { addToScope } from "./scope-globs.ts";

/**
 * The globs that limit the next run, as the user types them. Kept only while the page is open, because they apply to
 * one prompt.
 */
const scopes = new Map<ProjectId, string>();
const listeners = new Set<() => void>();

function setPromptScope({ projectId, text }: { projectId: ProjectId; text: string }): void {
  scopes.set(projectId, text);
  for (const listener of listeners) listener();
}

/** Limits the next prompt to a file or a folder, in addition to the existing limits. */
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
