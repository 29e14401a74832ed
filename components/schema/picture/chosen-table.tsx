import { X } from "lucide-react";
import type { EntityLayers } from "#lib/contracts/versions/code-schema.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { LayerList } from "./layer-list.tsx";
import { listRelated } from "./describe-table.ts";
import type { DrawnTable, SchemaGraph } from "./schema-graph.ts";
import type { SchemaMarks } from "../describe-marks.ts";
import { EntityTable } from "../entity-table.tsx";
import type { VersionPlace } from "../place-link.tsx";
import { Button } from "../../ui/button.tsx";

/** The details of the table selected in the picture, and links to others. */
export function ChosenTable({
  table,
  graph,
  marks,
  layers,
  version,
  parentGenerationId,
  onGo,
  onClose,
}: {
  table: DrawnTable;
  graph: SchemaGraph;
  marks: SchemaMarks;
  /** Entities of other layers that belong to this table. */
  layers: EntityLayers | undefined;
  version: VersionPlace;
  parentGenerationId: GenerationId | undefined;
  onGo: (id: string) => void;
  onClose: () => void;
}) {
  const isGone = table.change === "removed";
  const related = listRelated({ table, graph });
  return (
    <section
      aria-label={`Chosen: ${table.entity.name}`}
      className="flex shrink-0 flex-col gap-2 overflow-y-auto @3xl:w-80 @5xl:w-96 @7xl:w-112"
    >
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 truncate font-medium">{table.entity.name}</h2>
        <Button look="ghost" size="icon-sm" aria-label="Close" className="ml-auto" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </div>
      {isGone && <p className="text-sm text-negative">Gone since the parent. These are its fields there.</p>}
      <EntityTable
        version={
          isGone && parentGenerationId !== undefined ? { ...version, generationId: parentGenerationId } : version
        }
        entity={table.entity}
        marks={isGone ? noMarks : marks}
      />
      {layers !== undefined && !isGone && <LayerList layers={layers} version={version} />}
      {table.isSelfRelated && <p className="text-sm text-muted">It refers to itself.</p>}
      {related.length > 0 && (
        <ul aria-label="Related to" className="flex flex-wrap gap-1">
          {related.map(({ edge, other }) => (
            <li key={edge.id}>
              <Button size="sm" title={edge.label} onClick={() => onGo(other.id)}>
                <span className="font-mono text-xs">{other.entity.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const noMarks: SchemaMarks = new Map();
