import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { Command } from "../session/commands/command-table.ts";
import type { ReviewNavigation } from "../session/place/place.ts";
import { isOnControl, isTakenByField } from "../session/commands/press.ts";
import { surfaceCommands } from "../session/commands/surface-commands.ts";
import type { Decision, LineDecision } from "./choices.ts";

/** The part of a deciding screen that its commands need. */
export type DecidingContext = {
  navigation: ReviewNavigation;
  files: readonly ReviewFile[];
  /** For the current target: lines, a file, a cause, or all. */
  decide: (decision: Decision) => void;
  /** Takes both texts of the current lines; null if that is not offered. */
  decideBoth: ((decision: LineDecision) => void) | null;
  canAskAgain: boolean;
  stepCause: (by: 1 | -1) => void;
  stepFinding: (by: 1 | -1) => void;
  undo: () => void;
  save: () => void;
  fold: () => void;
  foldAll: () => void;
  toggleView: () => void;
  toggleWrap: () => void;
  find: { open: () => void; hasFocus: () => boolean };
  focusSurface: () => void;
  openHelp: () => void;
};

/** The user's commands on a deciding screen. */
export const decidingCommands: readonly Command<DecidingContext>[] = [
  {
    id: "take",
    keys: ["a"],
    does: "Take the lines, the file, the cause or all: what you are at",
    label: "Take what you are at",
    run: ({ decide }) => decide("take"),
  },
  {
    id: "old",
    keys: ["r"],
    does: "Keep old: the lines, the file, the cause or all",
    label: "Keep old what you are at",
    run: ({ decide }) => decide("old"),
  },
  {
    id: "again",
    keys: ["Shift+R"],
    does: "Ask the model for the file again",
    label: "Ask again for what you are at",
    when: ({ canAskAgain }) => canAskAgain,
    run: ({ decide }) => decide("again"),
  },
  {
    id: "both",
    keys: ["b", "Shift+B"],
    does: "Merging: take both texts, the old or the new first",
    when: ({ decideBoth }) => decideBoth !== null,
    step: ({ decideBoth }, by) => decideBoth?.(by === 1 ? "old-take" : "take-old"),
  },
  surfaceCommands.finding,
  {
    id: "cause",
    keys: ["]", "["],
    does: "Next and previous cause, and all changes",
    step: ({ stepCause, focusSurface }, by) => {
      stepCause(by);
      focusSurface();
    },
  },
  {
    id: "file",
    keys: ["j", "k"],
    does: "Next and previous file; within the lines, line",
    step: ({ navigation, files }, by) =>
      navigation.isAtLines ? navigation.stepLine(by) : navigation.stepFile({ by, among: files }),
  },
  {
    id: "change",
    keys: ["n", "p"],
    does: "Next and previous change",
    step: ({ navigation, focusSurface }, by) => {
      navigation.stepChange(by);
      focusSurface();
    },
  },
  {
    id: "enter-lines",
    keys: ["Enter"],
    does: "Go into the lines",
    when: ({ navigation }) => !navigation.isAtLines,
    run: ({ navigation }, event) => (isOnControl(event) ? false : navigation.enterLines()),
  },
  {
    id: "leave-lines",
    keys: ["Escape"],
    does: "Leave the lines",
    when: ({ navigation }) => navigation.isAtLines,
    run: ({ navigation }) => navigation.leaveLines(),
  },
  {
    id: "undo",
    keys: ["$mod+z"],
    does: "Take the last decision back",
    label: "Take the last decision back",
    run: ({ undo }, event) => (isTakenByField(event) ? false : undo()),
  },
  {
    id: "save",
    keys: ["$mod+Enter"],
    does: "Save the result",
    label: "Save the result",
    run: ({ save }, event) => (isTakenByField(event) ? false : save()),
  },
  surfaceCommands.expand,
  surfaceCommands.expandFile,
  { id: "fold", keys: ["e"], does: "Fold or unfold the file", run: ({ fold }) => fold() },
  { id: "fold-all", keys: ["Shift+E"], does: "Fold or unfold all files", run: ({ foldAll }) => foldAll() },
  {
    id: "find",
    keys: ["/", "$mod+KeyF"],
    does: "Find in all lines",
    // Pressed a second time, the browser's own search opens.
    run: ({ find }, event) =>
      event !== null && (event.ctrlKey || event.metaKey) && find.hasFocus() ? false : find.open(),
  },
  { id: "view", keys: ["u"], does: "Split or unified", run: ({ toggleView }) => toggleView() },
  { id: "wrap", keys: ["z"], does: "Wrap long lines", run: ({ toggleWrap }) => toggleWrap() },
  surfaceCommands.help,
];
