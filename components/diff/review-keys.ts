import { useHotkeys } from "../ui/hotkeys.ts";
import type { ReviewFile } from "./review-files.ts";
import type { ReviewNavigation } from "./review-navigation.ts";

export type ReviewActions = {
  /** Files that the list shows, and those of them that were not viewed. */
  listed: readonly ReviewFile[];
  unviewed: readonly ReviewFile[];
  markViewed: () => void;
  keepHunk: () => void;
  keepFile: () => void;
  fold: () => void;
  foldAll: () => void;
  comment: () => void;
  stepComment: (by: 1 | -1) => void;
  copyLink: () => void;
  find: { open: () => void; hasFocus: () => boolean };
  openReader: (by: 1 | -1) => void;
  closeReader: () => void;
  toggleView: () => void;
  toggleWhitespace: () => void;
  toggleWrap: () => void;
  toggleOneFile: () => void;
  openHelp: () => void;
};

function isOnControl(event: KeyboardEvent): boolean {
  return event.composedPath().some((target) => target instanceof HTMLElement && target.matches("a, button, input, select, textarea, summary, [role=button]"));
}

/** The keys of a review. `review-help.tsx` lists them for people. */
export function useReviewKeys({ navigation, actions }: { navigation: ReviewNavigation; actions: ReviewActions }): void {
  const { isAtLines } = navigation;
  const handled = (act: () => void) => (event: KeyboardEvent) => {
    event.preventDefault();
    act();
  };
  useHotkeys({
    j: () => (isAtLines ? navigation.stepLine(1) : navigation.stepFile({ by: 1, among: actions.listed })),
    k: () => (isAtLines ? navigation.stepLine(-1) : navigation.stepFile({ by: -1, among: actions.listed })),
    "]": () => navigation.stepFile({ by: 1, among: actions.unviewed }),
    "[": () => navigation.stepFile({ by: -1, among: actions.unviewed }),
    n: () => navigation.stepChange(1),
    p: () => navigation.stepChange(-1),
    "Shift+N": () => actions.stepComment(1),
    "Shift+P": () => actions.stepComment(-1),
    Enter: (event) => {
      if (!isOnControl(event)) navigation.enterLines();
    },
    "Shift+ArrowDown": (event) => isAtLines && handled(() => navigation.growSelection(1))(event),
    "Shift+ArrowUp": (event) => isAtLines && handled(() => navigation.growSelection(-1))(event),
    Escape: () => (isAtLines ? navigation.leaveLines() : actions.closeReader()),
    x: () => navigation.expand({ isWholeFile: false }),
    "Shift+X": () => navigation.expand({ isWholeFile: true }),
    v: actions.markViewed,
    e: actions.fold,
    "Shift+E": actions.foldAll,
    r: actions.keepHunk,
    "Shift+R": actions.keepFile,
    c: handled(actions.comment),
    y: actions.copyLink,
    "/": handled(actions.find.open),
    "$mod+KeyF": (event) => {
      // Pressed a second time, the browser's own search opens.
      if (!actions.find.hasFocus()) handled(actions.find.open)(event);
    },
    F7: handled(() => actions.openReader(1)),
    "Shift+F7": handled(() => actions.openReader(-1)),
    u: actions.toggleView,
    w: actions.toggleWhitespace,
    z: actions.toggleWrap,
    s: actions.toggleOneFile,
    t: handled(() => document.getElementById("review-filter")?.focus()),
    "Shift+?": actions.openHelp,
  });
}
