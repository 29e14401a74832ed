import { useState, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";

const step = 100;

/** The first items of a long list, and a button for more: rendering all would be slow. */
export function BoundedList<Item>({
  items,
  children,
}: {
  items: readonly Item[];
  children: (shown: readonly Item[]) => ReactNode;
}) {
  const [limit, setLimit] = useState(step);
  const hiddenCount = items.length - limit;
  return (
    <>
      {children(items.slice(0, limit))}
      {hiddenCount > 0 && (
        <Button size="sm" className="self-start" onClick={() => setLimit(limit + step)}>
          Show {Math.min(step, hiddenCount)} more of {items.length}
        </Button>
      )}
    </>
  );
}
