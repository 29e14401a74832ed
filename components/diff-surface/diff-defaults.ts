import { useStoredText } from "../ui/hooks/stored-text.ts";
import type { DiffView } from "./surface-types.ts";

/** How a review looks in this browser unless its address says otherwise; a null view goes by the window's width. */
export type DiffDefaults = { view: DiffView | null; isWrapped: boolean; ignoresWhitespace: boolean };

export function useDiffDefaults(): [defaults: DiffDefaults, change: (change: Partial<DiffDefaults>) => void] {
  const [view, setView] = useStoredText("graft.diff.view");
  const [wrap, setWrap] = useStoredText("graft.diff.wrap");
  const [whitespace, setWhitespace] = useStoredText("graft.diff.whitespace");
  const change = (next: Partial<DiffDefaults>) => {
    if (next.view !== undefined) setView(next.view);
    if (next.isWrapped !== undefined) setWrap(next.isWrapped ? "on" : null);
    if (next.ignoresWhitespace !== undefined) setWhitespace(next.ignoresWhitespace ? "ignore" : null);
  };
  return [
    {
      view: view === "split" || view === "unified" ? view : null,
      isWrapped: wrap === "on",
      ignoresWhitespace: whitespace === "ignore",
    },
    change,
  ];
}
