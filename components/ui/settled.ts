import { useEffect, useState } from "react";

/**
 * A value once it has been the same for a while: what it costs is not paid for each key press. `settle` takes it at
 * once.
 */
export function useSettled<Value>({ value, afterMs }: { value: Value; afterMs: number }): {
  settled: Value;
  settle: () => void;
} {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return { settled, settle: () => setSettled(value) };
}
