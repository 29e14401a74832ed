import type { CodeSchema, SourcePlace } from "../versions/code-schema.ts";

/** One difference between the schemas of two versions. The position of a removed item is in the older version. */
export type SchemaChange = SourcePlace & {
  change: "added" | "removed" | "renamed" | "changed";
  /** Stored data or a caller may break: the item was removed, has a narrower type, or became required. */
  isDestructive: boolean;
  /** `Task`, `Task.title` or `GET /tasks`. */
  name: string;
  previousName?: string;
  /** What changed, for example `String(200) → String(80)`. */
  detail?: string;
};

export type SchemaDiff = {
  entities: SchemaChange[];
  fields: SchemaChange[];
  relations: SchemaChange[];
  routes: SchemaChange[];
};

/** The tables of a schema and what relates them. */
export type SchemaTables = Pick<CodeSchema, "entities" | "relations">;

/** A difference with the tables that a picture of it shows: those that differ, and those that they relate to. */
export type SchemaBrief = { diff: SchemaDiff; before: SchemaTables; after: SchemaTables };
