import { useStoredText } from "./stored-text.ts";

/** Whether animations are off in this browser, by the system's setting or the user's. */
export function useReducedMotion(): [isMotionReduced: boolean, setIsMotionReduced: (isMotionReduced: boolean) => void] {
  const [stored, setStored] = useStoredText("graft.motion");
  return [stored === "reduced", (isMotionReduced) => setStored(isMotionReduced ? "reduced" : null)];
}
