import { useSyncExternalStore } from "react";
import { reachability } from "./reachability.ts";

/** Whether the last request reached the server; initially true. */
export function useIsReachable(): boolean {
  return useSyncExternalStore(reachability.subscribe, reachability.isReachable, () => true);
}
