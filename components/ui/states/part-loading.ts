import { useCallback, useEffect, useState } from "react";

/**
 * Loads code when it is about to be rendered. `load` must be the same function on each render; it rejects if the code
 * fails to load.
 */
export function usePartLoading(load: () => Promise<void>): { isMissing: boolean; retry: () => void } {
  const [isMissing, setIsMissing] = useState(false);
  const ask = useCallback(() => void load().catch(() => setIsMissing(true)), [load]);
  useEffect(ask, [ask]);
  const retry = () => {
    setIsMissing(false);
    ask();
  };
  return { isMissing, retry };
}
