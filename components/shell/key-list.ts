import { previewCommands } from "../preview/preview-commands.ts";
import { decidingCommands } from "../review/deciding/deciding-commands.ts";
import { listShortcuts } from "../review/session/commands/command-table.ts";
import { reviewCommands } from "../review/session/commands/review-commands.ts";

/** `keys` are the default bindings: `mod+K` uses the system's modifier key. Several are alternatives, or a sequence. */
type Shortcut = { keys: readonly string[]; does: string };

export type KeyGroup = { place: string; shortcuts: readonly Shortcut[] };

const reviewKeys: KeyGroup = {
  place: "Review",
  shortcuts: [
    ...listShortcuts(reviewCommands),
    { keys: ["Shift+Tab"], does: "Actions for this change" },
    { keys: ["i"], does: "Write the next prompt, with the comments" },
  ],
};

const decidingKeys: KeyGroup = { place: "Changes to decide on", shortcuts: listShortcuts(decidingCommands) };

/** Every key binding, by page. */
export const keyGroups: readonly KeyGroup[] = [
  {
    place: "Everywhere",
    shortcuts: [
      { keys: ["mod+K"], does: "Search and commands" },
      { keys: ["mod+Enter"], does: "Send the prompt that is being written" },
      { keys: ["g", "p"], does: "Projects" },
      { keys: ["?"], does: "These keys" },
    ],
  },
  { place: "Projects", shortcuts: [{ keys: ["/"], does: "Filter" }] },
  {
    place: "In a project",
    shortcuts: [
      { keys: ["mod+P"], does: "Go to file" },
      { keys: ["mod+Shift+F"], does: "Search in files" },
      { keys: ["g", "o"], does: "Go to the details of the version" },
      { keys: ["g", "f"], does: "Go to the files" },
      { keys: ["g", "r"], does: "Go to the changes" },
      { keys: ["g", "v"], does: "Go to the preview" },
      { keys: ["g", "h"], does: "Go to the history" },
      { keys: ["g", "t"], does: "Go to the thread" },
      { keys: ["\\"], does: "Hide or show the thread" },
      { keys: ["i"], does: "Write the next prompt, from the version in view" },
      { keys: ["@"], does: "In the prompt: name a file" },
    ],
  },
  {
    place: "Files",
    shortcuts: [
      { keys: ["t"], does: "Go to file" },
      { keys: ["e"], does: "Edit the file" },
      { keys: ["b", "l"], does: "Blame, history of the file" },
      { keys: ["j", "k"], does: "Choose the next and previous line" },
      { keys: ["Shift+\u2193", "Shift+\u2191"], does: "Choose more lines, down and up" },
      { keys: ["/", "mod+F"], does: "Find in the file" },
      { keys: ["y"], does: "Copy the link to the lines" },
    ],
  },
  {
    place: "Editor",
    shortcuts: [
      { keys: ["mod+S"], does: "Review and save" },
      { keys: ["Esc", "Tab"], does: "Leave the text, one key after the other" },
    ],
  },
  reviewKeys,
  decidingKeys,
  { place: "Preview", shortcuts: listShortcuts(previewCommands) },
  {
    place: "History",
    shortcuts: [
      { keys: ["j", "k"], does: "Next and previous version" },
      { keys: ["n", "p"], does: "Next and previous branch" },
      { keys: ["Enter"], does: "Open the version" },
      { keys: ["x"], does: "Select for comparing" },
      { keys: ["c"], does: "Compare the two, or the one with its parent" },
      { keys: ["b"], does: "Bookmark" },
      { keys: ["e"], does: "Fold the branch, or show it" },
      { keys: ["y"], does: "Copy the link to the version" },
      { keys: ["Shift+R"], does: "Roll back" },
      { keys: ["/", "t"], does: "Filter" },
    ],
  },
];

/** The keys in a review's help: its own first, then global ones that work there. */
export const keysInReview: readonly KeyGroup[] = [
  reviewKeys,
  ...keyGroups.filter(({ place }) => place === "Everywhere" || place === "In a project"),
];

/** The same for a page with decisions. */
export const keysInDeciding: readonly KeyGroup[] = [
  decidingKeys,
  ...keyGroups.filter(({ place }) => place === "Everywhere" || place === "In a project"),
];

/** Characters that are typed, or that open this list: they cannot be changed. */
const fixedKeys: ReadonlySet<string> = new Set(["?", "@"]);

/** Every single-character key that can be remapped, with what it does; the same key with Shift follows it. */
export const changeableKeys: ReadonlyMap<string, string> = listChangeableKeys();

function listChangeableKeys(): Map<string, string> {
  const uses = new Map<string, string[]>();
  for (const { place, shortcuts } of keyGroups) {
    for (const { keys, does } of shortcuts) {
      for (const key of keys)
        if (key.length === 1 && !fixedKeys.has(key)) uses.set(key, [...(uses.get(key) ?? []), `${place}: ${does}`]);
    }
  }
  return new Map(
    [...uses].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([key, does]) => [key, does.join("; ")]),
  );
}
