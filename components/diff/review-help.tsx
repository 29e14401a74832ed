import { Dialog } from "../ui/dialog.tsx";

const keys: [key: string, does: string][] = [
  ["j / k", "Next or previous file"],
  ["] / [", "Next or previous file that is not viewed"],
  ["n / p", "Next or previous change"],
  ["c", "Comment on the lines"],
  ["r", "Keep the parent's lines of the change"],
  ["Shift+R", "Keep the parent's file"],
  ["/ or Ctrl+F", "Find in all lines"],
  ["F7 / Shift+F7", "Read change by change"],
  ["y", "Copy the link to this place"],
  ["v", "Mark as viewed and go to the next"],
  ["e", "Fold or unfold the file"],
  ["u", "Split or unified"],
  ["w", "Ignore white space"],
  ["z", "Wrap long lines"],
  ["t", "Filter files"],
  ["?", "This list"],
];

export function ReviewHelp({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Keys of the review">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {keys.map(([key, does]) => (
          <div key={key} className="contents">
            <dt className="font-mono text-muted">{key}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
