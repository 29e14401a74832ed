import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo } from "react";
import type { CodeSchema, UnreadLanguage } from "#lib/contracts/versions/code-schema.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { describeMarks } from "./describe-marks.ts";
import { SchemaPicture } from "./picture/schema-picture.tsx";
import type { VersionPlace } from "./place-link.tsx";
import { SchemaList } from "./schema-list.tsx";
import { Choice } from "../ui/choice.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";

const views = [
  { value: "picture", label: "Picture", description: "Tables and how they relate" },
  { value: "list", label: "List", description: "Everything that was read, with its fields and places" },
] as const;

export type ParentSchema = { generationId: GenerationId; codeSchema: CodeSchema | undefined };

/** A schema as a picture of its tables, or as a list of everything. */
export function CodeSchemaView({
  codeSchema,
  diff,
  parent,
  version,
}: {
  codeSchema: CodeSchema;
  diff: SchemaDiff | undefined;
  /** The base of `diff`; its schema if requested and available. */
  parent: ParentSchema | undefined;
  version: VersionPlace;
}) {
  const { entities, enums, routes, unread = [] } = codeSchema;
  const { marks, removed } = useMemo(() => describeMarks(diff ?? emptySchemaDiff), [diff]);
  const hasTables = entities.some(({ kind, isExample }) => kind === "table" && isExample !== true);
  const [asked, setAsked] = useQueryState("view", parseAsStringLiteral(views.map(({ value }) => value)));
  const look = asked ?? (hasTables ? "picture" : "list");
  if (entities.length + enums.length + routes.length === 0 && removed.length === 0)
    return (
      <EmptyState title="No schema was found in these files.">
        <UnreadNote unread={unread} />
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-3">
      <UnreadNote unread={unread} />
      {entities.length > 0 && (
        <Choice
          label="View"
          value={look}
          options={views}
          onChange={(value) => void setAsked(value)}
          className="self-start"
        />
      )}
      {look === "picture" && entities.length > 0 ? (
        <SchemaPicture codeSchema={codeSchema} diff={diff} parent={parent} marks={marks} version={version} />
      ) : (
        <SchemaList codeSchema={codeSchema} marks={marks} removed={removed} version={version} />
      )}
    </div>
  );
}

const emptySchemaDiff: SchemaDiff = { entities: [], fields: [], relations: [], routes: [] };

/** Names the languages without an extractor, so that users do not mistake a gap for an absence. */
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
