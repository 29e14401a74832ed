import { memo, type KeyboardEvent } from "react";
import { BoxContent, boxClass } from "./box-content.tsx";
import type { DrawnTable } from "./schema-graph.ts";
import { cn } from "../../ui/class-names.ts";

/** One focusable, selectable table of a picture. */
export const TableBox = memo(function TableBox({
  table,
  label,
  x,
  y,
  isTabStop,
  isChosen,
  isFound,
  onFocus,
  onChoose,
  onKeyDown,
}: {
  table: DrawnTable;
  /** The table and its relations in words. */
  label: string;
  x: number;
  y: number;
  isTabStop: boolean;
  isChosen: boolean;
  isFound: boolean;
  onFocus: (id: string) => void;
  onChoose: (id: string) => void;
  onKeyDown: (event: KeyboardEvent, id: string) => void;
}) {
  const { id, widthPx, heightPx } = table;
  return (
    <button
      type="button"
      data-table={id}
      aria-label={label}
      aria-pressed={isChosen}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => onFocus(id)}
      onClick={() => onChoose(id)}
      onKeyDown={(event) => onKeyDown(event, id)}
      style={{ left: x, top: y, width: widthPx, height: heightPx }}
      className={cn(boxClass(table), isFound && "ring-3 ring-caution", isChosen && "outline-2 outline-accent")}
    >
      <BoxContent table={table} />
    </button>
  );
});
