import { useSyncExternalStore } from "react";

const noSubscription = () => () => undefined;

/** False on the server and while its page is hydrated, so that what only the browser knows is drawn after that. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
}
