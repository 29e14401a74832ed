import { useStoredText } from "./stored-text.ts";

/** Whether nothing moves in this browser, also where its system does not ask for that. */
export function useStillness(): [isStill: boolean, setIsStill: (isStill: boolean) => void] {
  const [stored, setStored] = useStoredText("graft.motion");
  return [stored === "reduced", (isStill) => setStored(isStill ? "reduced" : null)];
}
