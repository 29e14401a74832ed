import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";

/** In place of the surface where what a person shows only leaves none of the files. */
export function NoFileFits({ onClear }: { onClear: () => void }) {
  return (
    <div className="p-4">
      <EmptyState title="No file fits." action={<Button onClick={onClear}>Clear filter</Button>} />
    </div>
  );
}
