import { useMemo, useState } from "react";
import type { CodeSchema, SourcePlace } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaChange } from "#lib/contracts/comparisons/schema-diff.ts";
import { BoundedList } from "./bounded-list.tsx";
import { ChangeBadge } from "./change-badge.tsx";
import type { SchemaMarks } from "./describe-marks.ts";
import { EntityTable } from "./entity-table.tsx";
import { groupEntities } from "./group-entities.ts";
import { PlaceLink, type VersionPlace } from "./place-link.tsx";
import { Cell, rowClass, SchemaSection, SchemaTable } from "./schema-section.tsx";
import { Input } from "../ui/input.tsx";

/** With more fields in total, each entity's fields are shown on request. */
const maxOpenFields = 250;

/** Entities by kind, relations, enums and routes, each with its position and its changes. */
export function SchemaList({
  codeSchema: { entities, relations, enums, routes },
  marks,
  removed,
  version,
}: {
  codeSchema: CodeSchema;
  marks: SchemaMarks;
  removed: readonly SchemaChange[];
  version: VersionPlace;
}) {
  return (
    <div className="flex flex-col gap-6">
      {removed.length > 0 && <RemovedList removed={removed} />}
      <EntitySections entities={entities} marks={marks} version={version} />
      {relations.length > 0 && <RelationSection relations={relations} marks={marks} version={version} />}
      {enums.length > 0 && <EnumSection enums={enums} version={version} />}
      {routes.length > 0 && <RouteSection routes={routes} marks={marks} version={version} />}
    </div>
  );
}

function RemovedList({ removed }: { removed: readonly SchemaChange[] }) {
  return (
    <SchemaSection name="Removed since the parent" count={removed.length}>
      <ul className="flex flex-col gap-1">
        {removed.map((change) => (
          <li
            key={`${change.name}:${change.path}:${change.line}`}
            className="flex flex-wrap items-center gap-2 text-sm"
          >
            <ChangeBadge change={change} />
            <span className="font-mono text-xs">{change.name}</span>
            <span className="font-mono text-xs [overflow-wrap:anywhere] text-muted">
              {change.path}:{change.line}
            </span>
          </li>
        ))}
      </ul>
    </SchemaSection>
  );
}

/** The entities by kind, and the filter of them. */
function EntitySections({
  entities,
  marks,
  version,
}: {
  entities: CodeSchema["entities"];
  marks: SchemaMarks;
  version: VersionPlace;
}) {
  const [filter, setFilter] = useState("");
  const groups = useMemo(() => groupEntities({ entities, filter }), [entities, filter]);
  const shownFields = groups.flatMap((group) => group.entities).reduce((sum, { fields }) => sum + fields.length, 0);
  const isChanged = useMemo(() => {
    const names = new Set([...marks.keys()].flatMap((key) => /^(?:entity|field) ([^.]+)/.exec(key)?.[1] ?? []));
    return (name: string) => names.has(name);
  }, [marks]);
  return (
    <>
      {entities.length > 0 && (
        <Input
          type="search"
          aria-label="Filter entities"
          placeholder="Filter by name, field or path"
          className="max-w-sm"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {entities.length > 0 && groups.length === 0 && (
        <p className="text-sm text-muted">No entity matches the filter. Clear it to see all {entities.length}.</p>
      )}
      {groups.map((group) => (
        <SchemaSection key={group.name} name={group.name} count={group.entities.length}>
          <BoundedList items={group.entities}>
            {(shown) => (
              <div className="grid items-start gap-3 xl:grid-cols-2">
                {shown.map((entity) => (
                  <EntityTable
                    key={placeKey(entity)}
                    version={version}
                    entity={entity}
                    marks={marks}
                    isOpen={shownFields <= maxOpenFields || isChanged(entity.name)}
                  />
                ))}
              </div>
            )}
          </BoundedList>
        </SchemaSection>
      ))}
    </>
  );
}

function RelationSection({
  relations,
  marks,
  version,
}: {
  relations: CodeSchema["relations"];
  marks: SchemaMarks;
  version: VersionPlace;
}) {
  return (
    <SchemaSection name="Relations" count={relations.length}>
      <BoundedList items={relations}>
        {(shown) => (
          <SchemaTable label="Relations" columns={["From", "Field", "To", "Place"]}>
            {shown.map((relation) => (
              <tr key={`${placeKey(relation)}:${relation.fromEntity}:${relation.fieldName}`} className={rowClass}>
                <Cell isCode>{relation.fromEntity}</Cell>
                <Cell isCode>{relation.fieldName}</Cell>
                <Cell isCode>
                  {relation.toEntity}{" "}
                  <span className="text-muted">{relation.cardinality === "many" ? "(many)" : "(one)"}</span>{" "}
                  <ChangeBadge change={marks.get(`relation ${relation.fromEntity}.${relation.fieldName}`)} />
                </Cell>
                <Cell>
                  <PlaceLink version={version} place={relation} />
                </Cell>
              </tr>
            ))}
          </SchemaTable>
        )}
      </BoundedList>
    </SchemaSection>
  );
}

function EnumSection({ enums, version }: { enums: CodeSchema["enums"]; version: VersionPlace }) {
  return (
    <SchemaSection name="Enums" count={enums.length}>
      <BoundedList items={enums}>
        {(shown) => (
          <SchemaTable label="Enums" columns={["Name", "Values", "Place"]}>
            {shown.map((item) => (
              <tr key={placeKey(item)} className={rowClass}>
                <Cell isCode>{item.name}</Cell>
                <Cell isCode>{item.values.join(", ")}</Cell>
                <Cell>
                  <PlaceLink version={version} place={item} />
                </Cell>
              </tr>
            ))}
          </SchemaTable>
        )}
      </BoundedList>
    </SchemaSection>
  );
}

function RouteSection({
  routes,
  marks,
  version,
}: {
  routes: CodeSchema["routes"];
  marks: SchemaMarks;
  version: VersionPlace;
}) {
  return (
    <SchemaSection name="Routes" count={routes.length}>
      <BoundedList items={routes}>
        {(shown) => (
          <SchemaTable label="Routes" columns={["Method", "Route", "Handler", "Place"]}>
            {shown.map((route) => (
              <tr key={`${placeKey(route)}:${route.method}:${route.route}`} className={rowClass}>
                <Cell isCode>{route.method}</Cell>
                <Cell isCode>
                  {route.route} <ChangeBadge change={marks.get(`route ${route.method} ${route.route}`)} />
                </Cell>
                <Cell isCode>{route.handler}</Cell>
                <Cell>
                  <PlaceLink version={version} place={route} />
                </Cell>
              </tr>
            ))}
          </SchemaTable>
        )}
      </BoundedList>
    </SchemaSection>
  );
}

function placeKey({ path, line, name }: SourcePlace & { name?: string }): string {
  return `${path}:${line}:${name ?? ""}`;
}
