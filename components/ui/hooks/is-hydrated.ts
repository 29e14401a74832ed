import { useSyncExternalStore } from "react";

const noSubscription = () => () => undefined;

/** False on the server and during hydration, so that browser-only state is rendered afterwards. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
}
