import type { DrawnChange, DrawnTable } from "./schema-graph.ts";
import { headHeightPx, rowHeightPx } from "./build-schema-graph.ts";
import { cn } from "../../ui/class-names.ts";

const boxLooks: Record<DrawnChange, string> = {
  added: "border-positive bg-positive-surface",
  removed: "border-dashed border-negative bg-negative-surface",
  changed: "border-caution bg-raised",
};
const changeTexts: Record<DrawnChange, string> = {
  added: "text-positive",
  removed: "text-negative line-through",
  changed: "text-caution",
};
const changeSigns: Record<DrawnChange, string> = { added: "+", removed: "−", changed: "~" };

/** The frame of a box, whatever its content is. */
export function boxClass({ change, kind }: Pick<DrawnTable, "change" | "kind">): string {
  return cn(
    "absolute block overflow-hidden rounded-md border text-left font-mono text-xs",
    change === null ? "border-line-strong bg-raised" : boxLooks[change],
    kind !== "table" && "rounded-2xl",
  );
}

/** The content of a box: the table's name, and the rendered rows. */
export function BoxContent({ table: { entity, change, rows, hiddenRowCount, kind } }: { table: DrawnTable }) {
  return (
    <>
      <span
        style={{ height: headHeightPx - 2 }}
        className={cn(
          "flex items-center gap-1 px-2 font-medium",
          change === null ? "text-foreground" : changeTexts[change],
          rows.length > 0 && "bg-hover",
        )}
      >
        {change !== null && <span>{changeSigns[change]}</span>}
        <span className="truncate">{entity.name}</span>
        {kind !== "table" && <span className="ml-auto font-sans text-muted">{kind}</span>}
      </span>
      {rows.map((row) => (
        <span
          key={`${row.name}:${row.change ?? ""}`}
          style={{ height: rowHeightPx }}
          className={cn(
            "flex items-center gap-2 px-2",
            row.change === null ? "text-foreground" : changeTexts[row.change],
          )}
        >
          <span className={cn("max-w-[65%] shrink-0 truncate", row.mark === "key" && "font-semibold underline")}>
            {row.change === null ? row.name : `${changeSigns[row.change]} ${row.name}`}
          </span>
          <span className={cn("ml-auto truncate", row.change === null && "text-muted")}>{row.type}</span>
        </span>
      ))}
      {hiddenRowCount > 0 && (
        <span style={{ height: rowHeightPx }} className="flex items-center px-2 font-sans text-muted">
          {hiddenRowCount} more
        </span>
      )}
    </>
  );
}
