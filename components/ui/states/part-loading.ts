import { useCallback, useEffect, useState } from "react";

/**
 * Asks for code of the product when it is about to be drawn. `load` is the same function at each render, and rejects
 * where the code does not arrive.
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
