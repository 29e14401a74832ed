import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";

/** Replaces the surface if the filters match no file. */
export function NoFileFits({ onClear }: { onClear: () => void }) {
  return (
    <div className="p-4">
      <EmptyState title="No file fits." action={<Button onClick={onClear}>Clear filter</Button>} />
    </div>
  );
}
