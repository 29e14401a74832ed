import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { Command } from "./command-table.ts";
import type { ReviewNavigation } from "../place/place.ts";
import { isOnControl, isTakenByField } from "./press.ts";
import { surfaceCommands } from "./surface-commands.ts";

/** The part of a review that its commands need. */
export type ReviewContext = {
  navigation: ReviewNavigation;
  /** The files in the list, and the unviewed ones of them. */
  listed: readonly ReviewFile[];
  unviewed: readonly ReviewFile[];
  markViewed: () => void;
  /** On the current change, or else on the file. */
  decide: (decision: "take" | "old") => void;
  canDecide: boolean;
  save: () => void;
  undo: () => void;
  fold: () => void;
  foldAll: () => void;
  comment: () => void;
  /** Limits the next prompt to the current file. */
  limit: () => void;
  stepComment: (by: 1 | -1) => void;
  stepFinding: (by: 1 | -1) => void;
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
  preview: () => void;
  openHelp: () => void;
};

export const reviewCommands: readonly Command<ReviewContext>[] = [
  {
    id: "file",
    keys: ["j", "k"],
    does: "Next and previous file; within the lines, line",
    step: ({ navigation, listed }, by) =>
      navigation.isAtLines ? navigation.stepLine(by) : navigation.stepFile({ by, among: listed }),
  },
  {
    id: "unviewed",
    keys: ["]", "["],
    does: "Next and previous file that is not viewed",
    label: "Next file that is not viewed",
    step: ({ navigation, unviewed }, by) => navigation.stepFile({ by, among: unviewed }),
  },
  {
    id: "change",
    keys: ["n", "p"],
    does: "Next and previous change",
    label: "Next change",
    step: ({ navigation, focusSurface }, by) => {
      navigation.stepChange(by);
      // So that Enter enters its lines, instead of pressing the last clicked control.
      focusSurface();
    },
  },
  surfaceCommands.finding,
  {
    id: "comment-step",
    keys: ["Shift+N", "Shift+P"],
    does: "Next and previous comment",
    label: "Next comment",
    step: ({ stepComment }, by) => stepComment(by),
  },
  {
    id: "viewed",
    keys: ["v"],
    does: "Mark the file as viewed, and go to the next",
    label: "Mark the file as viewed",
    run: ({ markViewed }) => markViewed(),
  },
  {
    id: "enter-lines",
    keys: ["Enter"],
    does: "Go into the lines",
    run: ({ navigation }, event) => (isOnControl(event) ? false : navigation.enterLines()),
  },
  {
    id: "leave-lines",
    keys: ["Escape"],
    does: "Leave the lines, or the reader",
    run: ({ navigation, closeReader }) => (navigation.isAtLines ? navigation.leaveLines() : closeReader()),
  },
  {
    id: "grow",
    keys: ["Shift+ArrowDown", "Shift+ArrowUp"],
    does: "Within the lines: choose more, down or up",
    when: ({ navigation }) => navigation.isAtLines,
    step: ({ navigation }, by) => navigation.growSelection(by),
  },
  surfaceCommands.expand,
  surfaceCommands.expandFile,
  {
    id: "comment",
    keys: ["c"],
    does: "Comment on the lines, the change or the file",
    label: "Comment on what you are at",
    run: ({ comment }) => comment(),
  },
  {
    id: "limit",
    keys: ["l"],
    does: "Limit the next prompt to the file",
    label: "Limit the next prompt to the file",
    run: ({ limit }) => limit(),
  },
  {
    id: "take",
    keys: ["a"],
    does: "Take the change or the file",
    label: "Take what you are at",
    when: ({ canDecide }) => canDecide,
    run: ({ decide }) => decide("take"),
  },
  {
    id: "old",
    keys: ["r"],
    does: "Keep old, or take the other candidate's: the change or the file",
    label: "Keep old what you are at",
    when: ({ canDecide }) => canDecide,
    run: ({ decide }) => decide("old"),
  },
  {
    id: "again",
    keys: ["Shift+R"],
    does: "Ask again: comment for the next prompt",
    run: ({ comment }) => comment(),
  },
  {
    id: "save",
    keys: ["$mod+Enter"],
    does: "Save what is kept old, or taken from the other candidate",
    label: "Save what is kept old",
    when: ({ canDecide }) => canDecide,
    run: ({ save }, event) => (isTakenByField(event) ? false : save()),
  },
  {
    id: "undo",
    keys: ["$mod+z"],
    does: "Take the last decision back",
    label: "Take the last decision back",
    when: ({ canDecide }) => canDecide,
    run: ({ undo }, event) => (isTakenByField(event) ? false : undo()),
  },
  {
    id: "find",
    keys: ["/", "$mod+KeyF"],
    does: "Find in all lines",
    label: "Find in all lines",
    // A second press opens the browser's own search.
    run: ({ find }, event) =>
      event !== null && (event.ctrlKey || event.metaKey) && find.hasFocus() ? false : find.open(),
  },
  {
    id: "reader",
    keys: ["F7", "Shift+F7"],
    does: "Read change by change",
    label: "Read change by change",
    step: ({ openReader }, by) => openReader(by),
  },
  {
    id: "fold",
    keys: ["e"],
    does: "Fold or unfold the file",
    label: "Fold or unfold the file",
    run: ({ fold }) => fold(),
  },
  {
    id: "fold-all",
    keys: ["Shift+E"],
    does: "Fold or unfold all files",
    label: "Fold or unfold all files",
    run: ({ foldAll }) => foldAll(),
  },
  {
    id: "view",
    keys: ["u"],
    does: "Split or unified",
    label: "Split or unified",
    run: ({ toggleView }) => toggleView(),
  },
  {
    id: "whitespace",
    keys: ["w"],
    does: "Ignore white space",
    label: "Ignore white space",
    run: ({ toggleWhitespace }) => toggleWhitespace(),
  },
  { id: "wrap", keys: ["z"], does: "Wrap long lines", label: "Wrap long lines", run: ({ toggleWrap }) => toggleWrap() },
  {
    id: "one-file",
    keys: ["s"],
    does: "One file at a time, or all",
    label: "One file at a time, or all",
    run: ({ toggleOneFile }) => toggleOneFile(),
  },
  { id: "filter", keys: ["t"], does: "Filter files", label: "Filter files", run: ({ filter }) => filter() },
  {
    id: "list",
    keys: ["f"],
    does: "Show or hide the list of files",
    label: "Show or hide the list of files",
    run: ({ toggleList }) => toggleList(),
  },
  {
    id: "preview",
    keys: ["Shift+V"],
    does: "The preview: beside the lines where there is room",
    label: "Show or hide the preview",
    run: ({ preview }) => preview(),
  },
  {
    id: "copy-link",
    keys: ["y"],
    does: "Copy the link to the place",
    label: "Copy the link to the place",
    run: ({ copyLink }) => copyLink(),
  },
  surfaceCommands.help,
];

/** The key of a command, as a menu hint. */
export function hintOf(id: string): string {
  return reviewCommands.find((command) => command.id === id)?.keys[0] ?? "";
}
