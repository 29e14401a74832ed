import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { OriginalFile } from "./build-operations.ts";
import { useEditDraft, type EditDraft } from "./edit-draft.ts";

type Draft = { path: string; text: string | null };

/** The autosave interval; a reload loses at most this much. */
const draftDelayMs = 250;

/** A file while the user edits it, stored in this browser a moment after each change. `original` is null for a new one. */
export function useEditedFile({
  generationId,
  original,
}: {
  generationId: GenerationId;
  original: OriginalFile | null;
}) {
  const [stored, setStored] = useEditDraft({ generationId, path: original?.path ?? null });
  const saved: Draft = original ?? { path: "", text: "" };
  // Null until the user starts typing: only then is an earlier visit's draft no longer offered.
  const [begun, setBegun] = useState<{ start: Draft; current: Draft } | null>(null);
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; draft: EditDraft | null } | null>(null);
  const current = begun?.current ?? saved;
  const offered = begun === null ? stored : null;

  const keepPending = () => {
    if (pending.current === null) return;
    clearTimeout(pending.current.timer);
    setStored(pending.current.draft);
    pending.current = null;
  };
  const change = (next: Partial<Draft>) => {
    const changed = { ...current, ...next };
    setBegun({ start: begun?.start ?? saved, current: changed });
    clearTimeout(pending.current?.timer);
    const isAsSaved = changed.path === saved.path && changed.text === saved.text;
    pending.current = {
      timer: setTimeout(keepPending, draftDelayMs),
      draft: isAsSaved ? null : { ...changed, savedAt: new Date().toISOString() },
    };
  };
  const forget = () => {
    clearTimeout(pending.current?.timer);
    pending.current = null;
    setStored(null);
  };
  const keepOnLeave = useEffectEvent(keepPending);
  useEffect(() => {
    // Also saves when the user leaves or reloads within the delay.
    const keep = () => keepOnLeave();
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, []);

  const continueOffered = () => {
    if (offered !== null) setBegun({ start: offered, current: offered });
  };
  const discardOffered = () => {
    forget();
    setBegun({ start: saved, current: saved });
  };
  return {
    current,
    /** Null if the file is binary. */
    startText: saved.text === null ? null : (begun?.start.text ?? saved.text),
    /** An earlier visit's draft, until the user decides on it. */
    offered,
    change,
    continueOffered,
    discardOffered,
    /** The change is stored as a version, so this browser no longer keeps it. */
    forget,
  };
}
