import { useEffect, useEffectEvent, useState } from "react";

/**
 * Submits at once if `isReady`, and otherwise as soon as it is, so that a user who is faster than the page need not
 * press twice. A submission that waits is dropped when it is blocked, when `canBecomeReady` turns false, or by
 * `cancel`.
 */
export function useSubmitWhenReady({
  isBlocked,
  isReady,
  canBecomeReady,
  onSubmit,
}: {
  isBlocked: boolean;
  isReady: boolean;
  canBecomeReady: boolean;
  onSubmit: () => void;
}): { isWaiting: boolean; submit: () => void; cancel: () => void } {
  const [isWaiting, setIsWaiting] = useState(false);
  if (isWaiting && (isBlocked || !canBecomeReady)) setIsWaiting(false);
  const send = useEffectEvent(onSubmit);
  useEffect(() => {
    if (isWaiting && isReady) send();
  }, [isWaiting, isReady]);
  return {
    isWaiting,
    submit: () => {
      if (isBlocked) return;
      if (isReady) onSubmit();
      else setIsWaiting(canBecomeReady);
    },
    cancel: () => setIsWaiting(false),
  };
}
