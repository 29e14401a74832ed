import { useStoredText } from "./stored-text.ts";

/** Whether nothing moves in this browser, also where its system does not ask for that. */
export function useReducedMotion(): [isMotionReduced: boolean, setIsMotionReduced: (isMotionReduced: boolean) => void] {
  const [stored, setStored] = useStoredText("graft.motion");
  return [stored === "reduced", (isMotionReduced) => setStored(isMotionReduced ? "reduced" : null)];
}
