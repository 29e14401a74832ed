import type { ReactNode } from "react";
import { KeyHint, ModifierKeyHint } from "../ui/key-hint.tsx";

type Shortcut = { keys: ReactNode; does: string };

const groups: { place: string; shortcuts: Shortcut[] }[] = [
  {
    place: "Everywhere",
    shortcuts: [
      { keys: <ModifierKeyHint name="K" />, does: "Search and commands" },
      { keys: <ModifierKeyHint name="Enter" />, does: "Send the prompt that is being written" },
      { keys: keys("g", "p"), does: "Go to the projects, one key after the other" },
      { keys: <KeyHint>?</KeyHint>, does: "These keys" },
    ],
  },
  { place: "Projects", shortcuts: [{ keys: <KeyHint>/</KeyHint>, does: "Filter" }] },
  {
    place: "In a project",
    shortcuts: [
      { keys: <ModifierKeyHint name="P" />, does: "Open a file by a few letters" },
      { keys: keys("g", "o"), does: "Go to the overview" },
      { keys: keys("g", "f"), does: "Go to the files" },
      { keys: keys("g", "r"), does: "Go to the review" },
      { keys: keys("g", "h"), does: "Go to the history" },
    ],
  },
  { place: "Version", shortcuts: [{ keys: <KeyHint>i</KeyHint>, does: "Write the next prompt" }] },
  {
    place: "Files",
    shortcuts: [
      { keys: <KeyHint>t</KeyHint>, does: "Open a file by a few letters" },
      { keys: <KeyHint>e</KeyHint>, does: "Edit the file" },
      { keys: keys("b", "l"), does: "Blame, history of the file" },
    ],
  },
  {
    place: "Editor",
    shortcuts: [
      { keys: <ModifierKeyHint name="S" />, does: "Review and save" },
      { keys: keys("Esc", "Tab"), does: "Leave the text, one key after the other" },
    ],
  },
  {
    place: "Review",
    shortcuts: [
      { keys: keys("j", "k"), does: "Next and previous file" },
      { keys: keys("n", "p"), does: "Next and previous change" },
      { keys: <KeyHint>v</KeyHint>, does: "Mark the file as viewed, and go to the next" },
      { keys: <KeyHint>c</KeyHint>, does: "Comment" },
      { keys: keys("r"), does: "Keep the parent's lines" },
      { keys: keys("Enter", "Esc"), does: "Go into the lines, and out" },
      { keys: <KeyHint>/</KeyHint>, does: "Find in all lines" },
      { keys: <KeyHint>F7</KeyHint>, does: "Read change by change" },
      { keys: <KeyHint>y</KeyHint>, does: "Copy the link to the place" },
      { keys: <KeyHint>?</KeyHint>, does: "All keys of the review" },
    ],
  },
  {
    place: "History",
    shortcuts: [
      { keys: keys("j", "k"), does: "Next and previous version" },
      { keys: keys("n", "p"), does: "Next and previous branch" },
      { keys: <KeyHint>Enter</KeyHint>, does: "Open the version" },
      { keys: <KeyHint>x</KeyHint>, does: "Select for comparing" },
      { keys: <KeyHint>c</KeyHint>, does: "Compare the two, or the one with its parent" },
      { keys: <KeyHint>b</KeyHint>, does: "Bookmark" },
      { keys: <KeyHint>y</KeyHint>, does: "Copy the link to the version" },
      { keys: keys("Shift", "R"), does: "Roll back" },
      { keys: <KeyHint>/</KeyHint>, does: "Filter" },
    ],
  },
];

function keys(...names: string[]): ReactNode {
  return names.map((name) => <KeyHint key={name}>{name}</KeyHint>);
}

/** Every key that does something, by the place where it does. */
export function KeyGroups() {
  return (
    <div className="gap-4 sm:columns-2">
      {groups.map(({ place, shortcuts }) => (
        <section key={place} aria-label={place} className="mb-4 break-inside-avoid">
          <h3 className="pb-1 text-xs font-medium text-muted">{place}</h3>
          <dl className="rounded-md border">
            {shortcuts.map(({ keys: keyHints, does }) => (
              <div key={does} className="flex min-h-9 items-center gap-3 border-b px-3 py-1.5 text-sm last:border-b-0">
                <dt className="flex w-24 shrink-0 gap-1">{keyHints}</dt>
                <dd className="text-muted">{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
