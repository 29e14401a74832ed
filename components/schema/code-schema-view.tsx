import { useMemo, useState, type ReactNode } from "react";
import type { CodeEntity, CodeField, CodeSchema, SourcePlace, UnreadLanguage } from "#lib/contracts/code-schema.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { SchemaChange, SchemaDiff } from "#lib/contracts/schema-diff.ts";
import { filesHref } from "#lib/hrefs.ts";
import { ChangeBadge } from "./change-badge.tsx";
import { describeMarks, type SchemaMarks } from "./describe-marks.ts";
import { groupEntities } from "./group-entities.ts";
import { originWords } from "./origin-words.ts";
import { Badge } from "../ui/badge.tsx";
import { cn } from "../ui/class-names.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Input } from "../ui/input.tsx";
import { Link } from "../ui/link.tsx";

type VersionPlace = { projectId: ProjectId; generationId: GenerationId };

/** Entities by kind, relations, enums and routes, each with the place where it was read and what is new in it. */
export function CodeSchemaView({
  codeSchema,
  diff,
  ...version
}: VersionPlace & { codeSchema: CodeSchema; diff: SchemaDiff | undefined }) {
  const [filter, setFilter] = useState("");
  const { entities, relations, enums, routes, unread = [] } = codeSchema;
  const { marks, removed } = useMemo(() => describeMarks(diff ?? emptySchemaDiff), [diff]);
  const groups = useMemo(() => groupEntities({ entities, filter }), [entities, filter]);
  const isEmpty = entities.length + enums.length + routes.length === 0;
  if (isEmpty && removed.length === 0)
    return (
      <EmptyState title="No schema was found in these files.">
        <UnreadNote unread={unread} />
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-6">
      <UnreadNote unread={unread} />
      {removed.length > 0 && <RemovedList removed={removed} />}
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
        <Section key={group.name} name={group.name} count={group.entities.length}>
          <div className="grid items-start gap-3 xl:grid-cols-2">
            {group.entities.map((entity) => (
              <EntityTable key={placeKey(entity)} version={version} entity={entity} marks={marks} />
            ))}
          </div>
        </Section>
      ))}
      {relations.length > 0 && (
        <Section name="Relations" count={relations.length}>
          <SchemaTable label="Relations" columns={["From", "Field", "To", "Place"]}>
            {relations.map((relation) => (
              <tr key={`${placeKey(relation)}:${relation.fieldName}`} className={rowClass}>
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
        </Section>
      )}
      {enums.length > 0 && (
        <Section name="Enums" count={enums.length}>
          <SchemaTable label="Enums" columns={["Name", "Values", "Place"]}>
            {enums.map((item) => (
              <tr key={placeKey(item)} className={rowClass}>
                <Cell isCode>{item.name}</Cell>
                <Cell isCode>{item.values.join(", ")}</Cell>
                <Cell>
                  <PlaceLink version={version} place={item} />
                </Cell>
              </tr>
            ))}
          </SchemaTable>
        </Section>
      )}
      {routes.length > 0 && (
        <Section name="Routes" count={routes.length}>
          <SchemaTable label="Routes" columns={["Method", "Route", "Handler", "Place"]}>
            {routes.map((route) => (
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
        </Section>
      )}
    </div>
  );
}

const rowClass = "border-b last:border-b-0";

function placeKey({ path, line, name }: SourcePlace & { name?: string }): string {
  return `${path}:${line}:${name ?? ""}`;
}

const emptySchemaDiff: SchemaDiff = { entities: [], fields: [], relations: [], routes: [] };

/** Which languages no extractor read, so that nobody takes a gap for an absence. */
function UnreadNote({ unread }: { unread: readonly UnreadLanguage[] }) {
  if (unread.length === 0) return null;
  const named = unread.map(
    ({ language, fileCount }) => `${language} (${fileCount} ${fileCount === 1 ? "file" : "files"})`,
  );
  return (
    <p className="text-sm text-muted">
      No extractor reads this, or it declares no data: {named.join(", ")}. Their exports and declarations are known.
    </p>
  );
}

function RemovedList({ removed }: { removed: readonly SchemaChange[] }) {
  return (
    <Section name="Removed since the parent" count={removed.length}>
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
    </Section>
  );
}

function EntityTable({ version, entity, marks }: { version: VersionPlace; entity: CodeEntity; marks: SchemaMarks }) {
  return (
    <section aria-label={`${entity.name}, ${originWords[entity.origin]}`} className="overflow-hidden rounded-md border">
      <div className="flex flex-wrap items-center gap-2 border-b bg-surface px-3 py-1.5">
        <h3 className="font-mono text-sm font-medium">{entity.name}</h3>
        <Badge>{originWords[entity.origin]}</Badge>
        {entity.tableName !== undefined && <span className="font-mono text-xs text-muted">{entity.tableName}</span>}
        <ChangeBadge change={marks.get(`entity ${entity.name}`)} />
        <span className="ml-auto">
          <PlaceLink version={version} place={entity} />
        </span>
      </div>
      <div className="relative overflow-x-auto">
        <table className="w-full text-left text-sm">
          <thead className="sr-only">
            <tr>
              <th>Field</th>
              <th>Type</th>
              <th>Notes</th>
              <th>Line</th>
            </tr>
          </thead>
          <tbody>
            {entity.fields.map((field) => (
              <tr key={`${field.name}:${field.line}`} className={rowClass}>
                <Cell isCode>{field.name}</Cell>
                <Cell isCode>
                  <span className="text-muted">{field.type}</span>
                </Cell>
                <Cell>
                  <span className="text-xs text-muted">{describeField(field)}</span>{" "}
                  <ChangeBadge change={marks.get(`field ${entity.name}.${field.name}`)} />
                </Cell>
                <td className="px-3 py-1 text-right max-sm:px-2">
                  <PlaceLink version={version} place={field} isLineOnly />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {entity.keys !== undefined && (
        <p className="border-t px-3 py-1 text-xs text-muted">
          {entity.keys.map(({ kind, fields }) => `${keyWords[kind]} (${fields.join(", ")})`).join("; ")}
        </p>
      )}
    </section>
  );
}

const keyWords = { primary: "Primary key", unique: "Unique", index: "Index" } as const;

function describeField({ isPrimaryKey, isUnique, isOptional, isList, references, defaultValue }: CodeField): string {
  return [
    isPrimaryKey && "primary key",
    isUnique && !isPrimaryKey && "unique",
    isOptional && "optional",
    isList && "list",
    references !== undefined && `refers to ${references}`,
    defaultValue !== undefined && `default ${defaultValue}`,
  ]
    .filter((note) => note !== false)
    .join(", ");
}

function Section({ name, count, children }: { name: string; count: number; children: ReactNode }) {
  return (
    <section aria-label={name} className="flex flex-col gap-2">
      <h2 className="font-medium">
        {name} <span className="text-muted">{count}</span>
      </h2>
      {children}
    </section>
  );
}

function SchemaTable({ label, columns, children }: { label: string; columns: string[]; children: ReactNode }) {
  return (
    <div className="relative overflow-x-auto rounded-md border">
      <table aria-label={label} className="w-full text-left text-sm">
        <thead className="bg-surface text-xs text-muted">
          <tr className="border-b">
            {columns.map((column) => (
              <th key={column} className="px-3 py-1.5 font-medium max-sm:px-2">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Cell({ isCode = false, children }: { isCode?: boolean; children: ReactNode }) {
  return <td className={cn("px-3 py-1 break-normal max-sm:px-2", isCode && "font-mono text-xs")}>{children}</td>;
}

function PlaceLink({
  version,
  place,
  isLineOnly = false,
}: {
  version: VersionPlace;
  place: SourcePlace;
  isLineOnly?: boolean;
}) {
  return (
    <Link
      href={filesHref({ ...version, path: place.path, line: place.line })}
      className="inline-flex min-h-6 items-center font-mono text-xs [overflow-wrap:anywhere] text-muted hover:text-foreground hover:underline"
    >
      {isLineOnly ? (
        <>
          <span className="sr-only">{place.path} line </span>
          {place.line}
        </>
      ) : (
        `${place.path}:${place.line}`
      )}
    </Link>
  );
}
