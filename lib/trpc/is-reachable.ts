import { useSyncExternalStore } from "react";
import { reachability } from "./reachability.ts";

/** Whether the last request reached the server. True until one did not. */
export function useIsReachable(): boolean {
  return useSyncExternalStore(reachability.subscribe, reachability.isReachable, () => true);
}
