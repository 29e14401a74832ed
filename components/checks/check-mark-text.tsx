import { describeMark } from "./check-words.ts";
import type { CheckMark } from "./check-marks.ts";

/** The check status of one version, in a row of a list. */
export function CheckMarkText({ mark }: { mark: CheckMark }) {
  const text = describeMark(mark);
  if (text === null) return null;
  return (
    <span className={`min-w-0 truncate ${text.className}`} title={mark.failedNames.join(", ")}>
      {text.word}
    </span>
  );
}
