import { useState } from "react";
import type { CodeEntity, CodeField } from "#lib/contracts/versions/code-schema.ts";
import { ChangeBadge } from "./change-badge.tsx";
import type { SchemaMarks } from "./describe-marks.ts";
import { originWords } from "./origin-words.ts";
import { PlaceLink, type VersionPlace } from "./place-link.tsx";
import { Cell, rowClass } from "./schema-section.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";

/** An entity with its fields, or with a button that shows them. */
export function EntityTable({
  version,
  entity,
  marks,
  isOpen = true,
}: {
  version: VersionPlace;
  entity: CodeEntity;
  marks: SchemaMarks;
  /** Whether its fields are initially visible. */
  isOpen?: boolean;
}) {
  const [isAskedFor, setIsAskedFor] = useState(false);
  const count = `${entity.fields.length} ${entity.fields.length === 1 ? "field" : "fields"}`;
  return (
    <section aria-label={`${entity.name}, ${originWords[entity.origin]}`} className="overflow-hidden rounded-md border">
      <div className="flex flex-wrap items-center gap-2 border-b bg-surface px-3 py-1.5">
        <h3 className="font-mono text-sm font-medium [overflow-wrap:anywhere]">{entity.name}</h3>
        <Badge>{originWords[entity.origin]}</Badge>
        {entity.tableName !== undefined && <span className="font-mono text-xs text-muted">{entity.tableName}</span>}
        <ChangeBadge change={marks.get(`entity ${entity.name}`)} />
        <span className="ml-auto">
          <PlaceLink version={version} place={entity} />
        </span>
      </div>
      {isOpen || isAskedFor ? (
        <FieldRows version={version} entity={entity} marks={marks} />
      ) : (
        <Button look="ghost" size="sm" className="m-1" onClick={() => setIsAskedFor(true)}>
          Show {count}
        </Button>
      )}
      {entity.keys !== undefined && (isOpen || isAskedFor) && (
        <p className="border-t px-3 py-1 text-xs text-muted">
          {entity.keys.map(({ kind, fields }) => `${keyWords[kind]} (${fields.join(", ")})`).join("; ")}
        </p>
      )}
    </section>
  );
}

function FieldRows({ version, entity, marks }: { version: VersionPlace; entity: CodeEntity; marks: SchemaMarks }) {
  if (entity.fields.length === 0) return <p className="px-3 py-1 text-xs text-muted">No own fields.</p>;
  return (
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
