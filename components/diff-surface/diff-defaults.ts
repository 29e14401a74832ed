import { useStoredText } from "../ui/hooks/stored-text.ts";
import type { DiffView } from "./surface-types.ts";

/** The review preferences of this browser, which an address overrides. A null view means automatic by width. */
type DiffDefaults = { view: DiffView | null; isWrapped: boolean; ignoresWhitespace: boolean };

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
