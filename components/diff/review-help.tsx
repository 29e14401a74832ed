import { Dialog } from "../ui/dialog.tsx";

const keys: [key: string, does: string][] = [
  ["j / k", "Next or previous file"],
  ["] / [", "Next or previous file that is not viewed"],
  ["n / p", "Next or previous change"],
  ["Shift+N / Shift+P", "Next or previous comment"],
  ["Enter / Esc", "Go into the lines, and out"],
  ["j / k", "Within the lines: next or previous line"],
  ["Shift+↓ / Shift+↑", "Within the lines: more lines, fewer"],
  ["x / Shift+X", "Show more lines around, all lines"],
  ["c", "Comment on the lines or the change"],
  ["r", "Keep the parent's lines of the change"],
  ["Shift+R", "Keep the parent's file"],
  ["/ or Ctrl+F", "Find in all lines"],
  ["F7 / Shift+F7", "Read change by change"],
  ["y", "Copy the link to this place"],
  ["v", "Mark as viewed and go to the next"],
  ["e / Shift+E", "Fold or unfold the file, all files"],
  ["u", "Split or unified"],
  ["w", "Ignore white space"],
  ["z", "Wrap long lines"],
  ["s", "One file at a time, or all"],
  ["t", "Filter files"],
  ["?", "This list"],
];

export function ReviewHelp({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Keys of the review">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {keys.map(([key, does]) => (
          <div key={does} className="contents">
            <dt className="font-mono text-muted">{key}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
