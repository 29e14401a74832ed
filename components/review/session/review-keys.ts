import { useHotkeys } from "../../ui/hotkeys.ts";
import { isOnControl, isTakenByField } from "./press.ts";
import type { ReviewFile } from "#lib/contracts/diff.ts";
import type { ReviewNavigation } from "./place.ts";

export type ReviewActions = {
  /** Files that the list shows, and those of them that are to be viewed. */
  listed: readonly ReviewFile[];
  unviewed: readonly ReviewFile[];
  markViewed: () => void;
  take: () => void;
  keepOld: () => void;
  stepFinding: (by: 1 | -1) => void;
  makeVersion: () => void;
  undoKept: () => void;
  fold: () => void;
  foldAll: () => void;
  comment: () => void;
  stepComment: (by: 1 | -1) => void;
  copyLink: () => void;
  find: { open: () => void; hasFocus: () => boolean };
  focusSurface: () => void;
  openReader: (by: 1 | -1) => void;
  closeReader: () => void;
  toggleView: () => void;
  toggleWhitespace: () => void;
  toggleWrap: () => void;
  toggleOneFile: () => void;
  toggleList: () => void;
  filter: () => void;
  openHelp: () => void;
};

/** The keys of a review. `key-list.ts` lists them for people. */
export function useReviewKeys({ navigation, actions }: { navigation: ReviewNavigation; actions: ReviewActions }): void {
  const { isAtLines } = navigation;
  const handled = (act: () => void) => (event: KeyboardEvent) => {
    event.preventDefault();
    act();
  };
  const stepChange = (by: 1 | -1) => {
    navigation.stepChange(by);
    // So that Enter goes into its lines, and is not for what was clicked last.
    actions.focusSurface();
  };
  useHotkeys({
    j: () => (isAtLines ? navigation.stepLine(1) : navigation.stepFile({ by: 1, among: actions.listed })),
    k: () => (isAtLines ? navigation.stepLine(-1) : navigation.stepFile({ by: -1, among: actions.listed })),
    "]": () => navigation.stepFile({ by: 1, among: actions.unviewed }),
    "[": () => navigation.stepFile({ by: -1, among: actions.unviewed }),
    n: () => stepChange(1),
    p: () => stepChange(-1),
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
    a: actions.take,
    r: actions.keepOld,
    "Shift+R": handled(actions.comment),
    F8: handled(() => actions.stepFinding(1)),
    "Shift+F8": handled(() => actions.stepFinding(-1)),
    "$mod+Enter": (event) => {
      if (!isTakenByField(event)) handled(actions.makeVersion)(event);
    },
    "$mod+z": (event) => {
      if (!isTakenByField(event)) handled(actions.undoKept)(event);
    },
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
    f: actions.toggleList,
    t: handled(actions.filter),
    "?": actions.openHelp,
  });
}
