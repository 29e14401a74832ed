import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { SchemaBrief } from "#lib/contracts/comparisons/schema-diff.ts";
import { BoxContent, boxClass } from "./box-content.tsx";
import { buildSchemaGraph } from "./build-schema-graph.ts";
import { EdgeLines } from "./edge-lines.tsx";
import { useGraphLayout } from "./graph-layout.ts";
import { keepChanged } from "./keep-changed.ts";
import { fitScale } from "./move-in-picture.ts";
import type { DrawnKind } from "./schema-graph.ts";

const heightPx = 144;
/** At a smaller scale names are unreadable: the picture then scrolls. */
const leastScale = 0.7;
const tablesAlone: ReadonlySet<DrawnKind> = new Set(["table"]);

/**
 * The tables that differ between two versions, with their edges, as a small picture. A list beside it must have the
 * same content.
 */
export function ChangedPicture({ brief: { after, before, diff } }: { brief: SchemaBrief }) {
  const graph = useMemo(
    () => keepChanged(buildSchemaGraph({ codeSchema: after, before, diff, kinds: tablesAlone, hasFields: false })),
    [after, before, diff],
  );
  const { layout } = useGraphLayout(graph);
  const view = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    const element = view.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  if (graph.tables.length === 0) return null;
  const window = { width: widthPx, height: heightPx };
  const scale = layout === null ? 1 : Math.max(leastScale, fitScale({ picture: layout, window }));
  return (
    <div
      ref={view}
      role="region"
      aria-label="Picture of the changed tables"
      tabIndex={0}
      style={{ height: heightPx }}
      className="relative min-w-0 flex-1 basis-80 overflow-auto rounded-md border bg-surface -outline-offset-2"
    >
      {layout !== null && widthPx > 0 && (
        <div aria-hidden style={{ width: layout.width * scale, height: layout.height * scale }} className="relative">
          <div style={{ transform: `scale(${scale})` }} className="absolute inset-0 origin-top-left">
            <EdgeLines graph={graph} layout={layout} chosenId={null} />
            {graph.tables.map((table) => {
              const { x, y } = layout.places[table.id] ?? { x: 0, y: 0 };
              return (
                <span
                  key={table.id}
                  className={boxClass(table)}
                  style={{ left: x, top: y, width: table.widthPx, height: table.heightPx }}
                >
                  <BoxContent table={table} />
                </span>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}
