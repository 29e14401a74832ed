import { useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import { useRowWindow } from "../ui/windows/row-window.ts";
import { historyRowHeightPx } from "./history-row.tsx";

/** The assumed height until the list is measured. */
const firstWindowPx = 480;

export type VersionSelection = ReturnType<typeof useVersionSelection>;

/**
 * The version in the list that keys act on, stored in the address, and the rows that are rendered: those in sight, and
 * its own. `moveTo` selects by index and moves the focus, so that Tab continues in that row. If the version is not
 * listed or still loading, the first one is selected.
 */
export function useVersionSelection({
  shown,
  isComplete,
}: {
  shown: readonly GenerationOutput[];
  isComplete: boolean;
}) {
  const list = useRef<HTMLUListElement>(null);
  const searchParams = useSearchParams();
  const [selectedId, setSelectedId] = useState(searchParams.get("sel"));
  const [focusWish, setFocusWish] = useState(0);
  const current = Math.max(
    0,
    shown.findIndex(({ generationId }) => generationId === selectedId),
  );
  const selected = shown[current];
  const { rows, attach, scrollTo } = useRowWindow({
    count: shown.length,
    rowHeightPx: historyRowHeightPx,
    firstHeightPx: firstWindowPx,
    pinned: current,
  });

  const select = (generation: GenerationOutput) => {
    if (generation.generationId === selectedId) return;
    setSelectedId(generation.generationId);
    window.history.replaceState(null, "", `?sel=${generation.generationId}`);
  };
  /** Focuses the selected row after the pending render; an empty list has none. */
  const focusSelected = () => setFocusWish((wishes) => wishes + 1);
  const moveTo = (index: number) => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, index))];
    if (next === undefined) return;
    select(next);
    focusSelected();
  };
  const takeFocus = useEffectEvent(() => {
    scrollTo(current);
    list.current?.querySelector<HTMLElement>("li[aria-current]")?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (focusWish > 0) takeFocus();
  }, [focusWish]);

  const showLinked = useEffectEvent(() => {
    if (current > 0) scrollTo(current, "center");
  });
  useEffect(() => showLinked(), [isComplete]);
  return { list, rows, attach, current, selected, select, moveTo, focusSelected };
}
