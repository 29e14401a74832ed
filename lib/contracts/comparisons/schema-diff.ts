import type { SourcePlace } from "../versions/code-schema.ts";

/** One thing that differs between the schemas of two versions. A removed one has its place in the older version. */
export type SchemaChange = SourcePlace & {
  change: "added" | "removed" | "renamed" | "changed";
  /** Stored data or a caller may break: removed, of a narrower type, or required where it was not. */
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
