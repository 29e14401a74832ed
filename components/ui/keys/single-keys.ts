import { useCallback } from "react";
import { useStoredText } from "../hooks/stored-text.ts";

/** Whether single-key shortcuts are on. Users who dictate text need to switch them off (WCAG 2.1.4). */
export function useSingleKeys(): [areOn: boolean, setAreOn: (areOn: boolean) => void] {
  const [stored, setStored] = useStoredText("graft.single-keys");
  return [stored !== "off", useCallback((areOn: boolean) => setStored(areOn ? null : "off"), [setStored])];
}
