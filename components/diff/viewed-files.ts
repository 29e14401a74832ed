import { useCallback, useMemo } from "react";
import { useStoredText } from "../ui/stored-text.ts";

const maxRemembered = 5_000;

/**
 * Files that were viewed, by the hashes of both sides: the mark carries over to every comparison with the same pair, and
 * goes when the content changes.
 */
export function useViewedFiles(): { isViewed: (pair: string) => boolean; setViewed: (change: { pair: string; isViewed: boolean }) => void } {
  const [stored, setStored] = useStoredText("graft.viewed");
  const pairs = useMemo(() => new Set(stored?.split(" ").filter((pair) => pair !== "") ?? []), [stored]);
  const setViewed = useCallback(
    ({ pair, isViewed }: { pair: string; isViewed: boolean }) => {
      const next = new Set(pairs);
      if (isViewed) next.add(pair);
      else next.delete(pair);
      setStored([...next].slice(-maxRemembered).join(" "));
    },
    [pairs, setStored],
  );
  return { isViewed: (pair) => pairs.has(pair), setViewed };
}
