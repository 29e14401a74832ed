import type { ReactNode } from "react";
import type { CodeEntity, CodeField, CodeSchema, EntityOrigin, SourcePlace } from "#lib/contracts/code-schema.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { filesHref } from "#lib/hrefs.ts";
import { Badge } from "../ui/badge.tsx";
import { cn } from "../ui/class-names.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Link } from "../ui/link.tsx";

const originWords: Record<EntityOrigin, string> = {
  sqlalchemy: "SQLAlchemy",
  pydantic: "Pydantic",
  django: "Django",
  prisma: "Prisma",
  drizzle: "Drizzle",
  typeorm: "TypeORM",
  mongoose: "Mongoose",
  sql: "SQL",
  jpa: "JPA",
  "go-struct": "Go struct",
  "typescript-type": "TypeScript type",
  zod: "Zod",
  prompt: "from the prompt",
};

/** Tables first, then the shapes that the API takes and gives, then types of the code. */
const originOrder: EntityOrigin[] = ["sqlalchemy", "prisma", "pydantic", "zod", "typescript-type", "prompt"];

type VersionPlace = { projectId: ProjectId; generationId: GenerationId };

/** Entities, relations, enums and routes, each with the place where it was read. */
export function CodeSchemaView({ codeSchema, ...version }: VersionPlace & { codeSchema: CodeSchema }) {
  const { relations, enums, routes } = codeSchema;
  const entities = codeSchema.entities.toSorted(
    (a, b) => originOrder.indexOf(a.origin) - originOrder.indexOf(b.origin),
  );
  if (entities.length + enums.length + routes.length === 0) {
    return (
      <EmptyState title="No schema was found in these files.">
        Read are SQLAlchemy and Pydantic models, Prisma schemas, TypeScript types, Zod schemas, and FastAPI, Next.js and
        tRPC routes.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      {entities.length > 0 && (
        <Section name="Entities" count={entities.length}>
          <div className="grid items-start gap-3 xl:grid-cols-2">
            {entities.map((entity) => (
              <EntityTable key={placeKey(entity)} version={version} entity={entity} />
            ))}
          </div>
        </Section>
      )}
      {relations.length > 0 && (
        <Section name="Relations" count={relations.length}>
          <SchemaTable label="Relations" columns={["From", "Field", "To", "Place"]}>
            {relations.map((relation) => (
              <tr key={`${placeKey(relation)}:${relation.fieldName}`} className={rowClass}>
                <Cell isCode>{relation.fromEntity}</Cell>
                <Cell isCode>{relation.fieldName}</Cell>
                <Cell isCode>
                  {relation.toEntity}{" "}
                  <span className="text-muted">{relation.cardinality === "many" ? "(many)" : "(one)"}</span>
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
                <Cell isCode>{route.route}</Cell>
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

function EntityTable({ version, entity }: { version: VersionPlace; entity: CodeEntity }) {
  return (
    <section aria-label={`${entity.name}, ${originWords[entity.origin]}`} className="overflow-hidden rounded-md border">
      <div className="flex flex-wrap items-center gap-2 border-b bg-surface px-3 py-1.5">
        <h3 className="font-mono text-sm font-medium">{entity.name}</h3>
        <Badge>{originWords[entity.origin]}</Badge>
        {entity.tableName !== undefined && <span className="font-mono text-xs text-muted">{entity.tableName}</span>}
        <span className="ml-auto">
          <PlaceLink version={version} place={entity} />
        </span>
      </div>
      <div className="relative overflow-x-auto">
        <table className="w-full table-fixed text-left text-sm">
          <colgroup>
            <col className="w-[32%]" />
            <col className="w-[30%]" />
            <col />
            <col className="w-12" />
          </colgroup>
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
                  <span className="text-xs text-muted">{describeField(field)}</span>
                </Cell>
                <td className="px-3 py-1 text-right max-sm:px-2">
                  <PlaceLink version={version} place={field} isLineOnly />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

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
  return <td className={cn("px-3 py-1 break-words max-sm:px-2", isCode && "font-mono text-xs")}>{children}</td>;
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
