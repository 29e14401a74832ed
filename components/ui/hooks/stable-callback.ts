import { useInsertionEffect, useRef, useState } from "react";

/**
 * A function with a constant identity that calls the latest callback. For libraries that re-render when an option
 * changes identity. Do not call it during render.
 */
export function useStableCallback<Arguments extends unknown[], Result>(
  callback: (...values: Arguments) => Result,
): (...values: Arguments) => Result {
  const latest = useRef(callback);
  useInsertionEffect(() => {
    latest.current = callback;
  });
  const [stable] = useState(
    () =>
      (...values: Arguments) =>
        latest.current(...values),
  );
  return stable;
}
