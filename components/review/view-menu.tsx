import { ChevronDown } from "lucide-react";
import { Menu } from "../ui/menus/menu.tsx";
import { hintOf } from "./session/commands/review-commands.ts";
import type { ReviewState, SetReviewState } from "./session/review-state.ts";

/** The view options of a review in one menu; each has a key too. */
export function ViewMenu({
  state,
  setState,
  keptCount,
  onOneFileChange,
  isListShown,
  onListShownChange,
}: {
  state: ReviewState;
  setState: SetReviewState;
  keptCount: number;
  onOneFileChange: (isOn: boolean) => void;
  /** Null if the list opens over the page instead of being part of it. */
  isListShown: boolean | null;
  onListShownChange: (isShown: boolean) => void;
}) {
  return (
    <Menu
      label="View"
      size="sm"
      icon={
        <>
          View
          <ChevronDown aria-hidden />
        </>
      }
      entries={[
        {
          kind: "check",
          label: "Ignore white space",
          isOn: state.w,
          onChange: (w) => void setState({ w }),
          keyHint: hintOf("whitespace"),
        },
        {
          kind: "check",
          label: "Wrap",
          isOn: state.wrap,
          onChange: (wrap) => void setState({ wrap }),
          keyHint: hintOf("wrap"),
        },
        { kind: "check", label: "One file", isOn: state.one, onChange: onOneFileChange, keyHint: hintOf("one-file") },
        ...(isListShown === null
          ? []
          : [
              {
                kind: "check" as const,
                label: "List of files",
                isOn: isListShown,
                onChange: onListShownChange,
                keyHint: hintOf("list"),
              },
            ]),
        ...(keptCount > 0 || state.kept
          ? [
              {
                kind: "check" as const,
                label: `Show kept files (${keptCount})`,
                isOn: state.kept,
                onChange: (kept: boolean) => void setState({ kept }),
              },
            ]
          : []),
      ]}
    />
  );
}
