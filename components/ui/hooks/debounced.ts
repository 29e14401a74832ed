import { useEffect, useState } from "react";

/**
 * Returns a value once it has not changed for `afterMs`, so that expensive work does not run for each key press.
 * `flush` returns it at once.
 */
export function useDebounced<Value>({ value, afterMs }: { value: Value; afterMs: number }): {
  debounced: Value;
  flush: () => void;
} {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return { debounced, flush: () => setDebounced(value) };
}
