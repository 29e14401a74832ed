import { useInsertionEffect, useRef, useState } from "react";

/**
 * The same function as long as the component lives, which calls the latest one. For libraries that take another
 * function for another option, and draw again. Not to be called while rendering.
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
