import { useMemo, useRef, useState } from "react";
import type { CodeSchema, EntityLayers, SourcePlace } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { buildSchemaGraph } from "./build-schema-graph.ts";
import { ChosenTable } from "./chosen-table.tsx";
import { findTables } from "./find-tables.ts";
import { useGraphLayout } from "./graph-layout.ts";
import { PictureCanvas } from "./picture-canvas.tsx";
import { PictureLegend } from "./picture-legend.tsx";
import { drawnKindOf, type DrawnKind, type DrawnTable } from "./schema-graph.ts";
import type { ParentSchema } from "../code-schema-view.tsx";
import type { SchemaMarks } from "../describe-marks.ts";
import type { VersionPlace } from "../place-link.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { EmptyState } from "../../ui/states/empty-state.tsx";
import { Input } from "../../ui/input.tsx";
import { Skeleton } from "../../ui/states/skeleton.tsx";

const kindWords: Record<DrawnKind, string> = { table: "Tables", request: "Requests and responses", type: "Types" };
/** With more boxes, a box initially shows only its name and its changes. */
const maxTablesWithFields = 40;

/** Tables and their relations, with the differences from the parent. */
export function SchemaPicture({
  codeSchema,
  diff,
  parent,
  marks,
  version,
}: {
  codeSchema: CodeSchema;
  diff: SchemaDiff | undefined;
  parent: ParentSchema | undefined;
  marks: SchemaMarks;
  version: VersionPlace;
}) {
  const { graph, counts, kinds, setKinds, boxCount, hasFields, setIsWithFields } = useDrawnGraph({
    codeSchema,
    before: parent?.codeSchema,
    diff,
  });
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const picture = useRef<HTMLDivElement>(null);

  const { layout, hasFailed } = useGraphLayout(graph);
  const { query, setQuery, found, foundIds } = useFoundTables(graph.tables);
  const chosen = graph.tables.find(({ id }) => id === chosenId);
  const focusBox = (id: string | undefined) => {
    if (id !== undefined) picture.current?.querySelector<HTMLElement>(`[data-table="${CSS.escape(id)}"]`)?.focus();
  };
  const goToNextFound = () => {
    const at = found.findIndex(({ id }) => id === focusedId);
    focusBox(found[(at + 1) % found.length]?.id);
  };
  return (
    <section aria-label="Picture" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <TableSearch
          query={query}
          onQuery={setQuery}
          count={`${found.length} of ${graph.tables.length}`}
          onNext={goToNextFound}
        />
        <KindChoice counts={counts} kinds={kinds} onChange={setKinds} />
        <Checkbox label="Fields" isChecked={hasFields} onChange={setIsWithFields} />
      </div>
      <div className="@container">
        <div
          ref={picture}
          className="flex flex-col gap-3 @3xl:h-[max(24rem,calc(var(--app-height)-18rem))] @3xl:flex-row"
        >
          <div className="flex min-h-[max(20rem,55dvh)] min-w-0 flex-1 flex-col @3xl:min-h-0">
            {graph.tables.length === 0 ? (
              <EmptyState title="Nothing to draw.">
                {boxCount === 0 ? "Choose a kind above, or see the list." : "See the list."}
              </EmptyState>
            ) : hasFailed ? (
              <EmptyState title="The picture could not be laid out.">
                The list has everything. Reload to try again.
              </EmptyState>
            ) : layout === null ? (
              <Skeleton className="flex-1" />
            ) : (
              <PictureCanvas
                graph={graph}
                layout={layout}
                foundIds={foundIds}
                chosenId={chosenId}
                focusedId={focusedId}
                onFocus={setFocusedId}
                onChoose={setChosenId}
              />
            )}
          </div>
          {chosen !== undefined && (
            <ChosenTable
              table={chosen}
              graph={graph}
              marks={marks}
              layers={findLayers({ codeSchema, table: chosen })}
              version={version}
              parentGenerationId={parent?.generationId}
              onGo={(id) => {
                setChosenId(id);
                focusBox(id);
              }}
              onClose={() => {
                setChosenId(null);
                focusBox(chosen.id);
              }}
            />
          )}
        </div>
      </div>
      <PictureLegend graph={graph} />
    </section>
  );
}

/** The graph of what the user chose to draw: which kinds of entities, and whether with their fields. */
function useDrawnGraph({
  codeSchema,
  before,
  diff,
}: {
  codeSchema: CodeSchema;
  before: CodeSchema | undefined;
  diff: SchemaDiff | undefined;
}) {
  const counts = useMemo(() => countKinds(codeSchema), [codeSchema]);
  const [kinds, setKinds] = useState<ReadonlySet<DrawnKind>>(new Set(["table"]));
  const [isWithFields, setIsWithFields] = useState<boolean | null>(null);
  const boxCount = [...kinds].reduce((sum, kind) => sum + counts[kind], 0);
  const hasFields = isWithFields ?? boxCount <= maxTablesWithFields;
  const graph = useMemo(
    () => buildSchemaGraph({ codeSchema, before, diff, kinds, hasFields }),
    [codeSchema, before, diff, kinds, hasFields],
  );
  return { graph, counts, kinds, setKinds, boxCount, hasFields, setIsWithFields };
}

/** The tables that the user searches for. */
function useFoundTables(tables: readonly DrawnTable[]) {
  const [query, setQuery] = useState("");
  const found = useMemo(() => findTables({ tables, query }), [tables, query]);
  const foundIds = useMemo(() => new Set(found.map(({ id }) => id)), [found]);
  return { query, setQuery, found, foundIds };
}

/** Enter goes to the next box that is found. */
function TableSearch({
  query,
  onQuery,
  count,
  onNext,
}: {
  query: string;
  onQuery: (query: string) => void;
  /** How many of the boxes are found; said only while something is searched for. */
  count: string;
  onNext: () => void;
}) {
  return (
    <form
      role="search"
      aria-label="Picture"
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <Input
        type="search"
        aria-label="Find a table or field"
        placeholder="Find a table or field"
        className="max-w-52"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
      />
      <span role="status" className="text-sm text-muted tabular-nums empty:hidden">
        {query.trim() === "" ? "" : count}
      </span>
    </form>
  );
}

/** The kinds of entities that the code has. */
function KindChoice({
  counts,
  kinds,
  onChange,
}: {
  counts: Record<DrawnKind, number>;
  kinds: ReadonlySet<DrawnKind>;
  onChange: (kinds: ReadonlySet<DrawnKind>) => void;
}) {
  return (Object.keys(kindWords) as DrawnKind[]).map((kind) =>
    counts[kind] === 0 ? null : (
      <Checkbox
        key={kind}
        label={`${kindWords[kind]} ${counts[kind]}`}
        isChecked={kinds.has(kind)}
        onChange={(isOn) => onChange(new Set([...kinds, kind].filter((each) => each !== kind || isOn)))}
      />
    ),
  );
}

function findLayers({ codeSchema, table }: { codeSchema: CodeSchema; table: DrawnTable }): EntityLayers | undefined {
  return codeSchema.layers?.find(({ layers }) =>
    layers.some(({ layer, path, line }) => layer === "table" && isPlaceOf({ table, path, line })),
  );
}

function isPlaceOf({ table: { entity }, path, line }: { table: DrawnTable } & SourcePlace): boolean {
  return entity.path === path && entity.line === line;
}

function countKinds({ entities }: CodeSchema): Record<DrawnKind, number> {
  const counts: Record<DrawnKind, number> = { table: 0, request: 0, type: 0 };
  for (const { kind, isExample } of entities) if (isExample !== true) counts[drawnKindOf[kind]] += 1;
  return counts;
}
