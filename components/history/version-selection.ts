import { useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent, useState, type RefObject } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";

/**
 * The version of the list that keys act on, which the address names. `moveTo` selects by place and takes the focus
 * along, so that Tab goes on to that row's controls. A version that is not listed, or still on its way, selects the
 * first one.
 */
export function useVersionSelection({
  shown,
  isComplete,
  list,
  scrollTo,
}: {
  shown: readonly GenerationOutput[];
  isComplete: boolean;
  list: RefObject<HTMLElement | null>;
  scrollTo: (index: number, align?: "center") => void;
}) {
  const searchParams = useSearchParams();
  const [selectedId, setSelectedId] = useState(searchParams.get("sel"));
  const [focusWish, setFocusWish] = useState(0);
  const current = Math.max(
    0,
    shown.findIndex(({ generationId }) => generationId === selectedId),
  );
  const selected = shown[current];

  const select = (generation: GenerationOutput) => {
    if (generation.generationId === selectedId) return;
    setSelectedId(generation.generationId);
    window.history.replaceState(null, "", `?sel=${generation.generationId}`);
  };
  /**
   * Gives the focus to the selected row of the list as it will be drawn with what else is changed now; an empty one has
   * none.
   */
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
  return { current, selected, select, moveTo, focusSelected };
}
