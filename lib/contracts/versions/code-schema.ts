import type { FilePath } from "../ids.ts";

/** Where a fact was read. Lines are 1-based. */
export type SourcePlace = { path: FilePath; line: number };

/** `origin` tells the layers of one entity apart: a table, an API shape, a client type. */
export type EntityOrigin =
  | "sqlalchemy"
  | "pydantic"
  | "django"
  | "prisma"
  | "drizzle"
  | "typeorm"
  | "mongoose"
  | "sql"
  | "jpa"
  | "sequelize"
  | "alembic"
  | "go-struct"
  | "typescript-type"
  | "zod"
  | "graphql"
  | "openapi"
  | "prompt";

export type CodeField = SourcePlace & {
  name: string;
  /** The type as the source spells it, for example `String(200)` or `DateTime?`. */
  type: string;
  isOptional: boolean;
  isList: boolean;
  isPrimaryKey: boolean;
  isUnique: boolean;
  defaultValue?: string;
  /** `table.column` or entity name that a foreign key names. */
  references?: string;
};

/** A key of several fields, or an index. A key of one field is marked at the field as well. */
export type CodeKey = { kind: "primary" | "unique" | "index"; fields: string[] };

/** What an entity is for. A request is what a caller sends, a response what it gets. */
export type EntityKind = "table" | "request" | "response" | "settings" | "other";

export type CodeEntity = SourcePlace & {
  name: string;
  origin: EntityOrigin;
  kind: EntityKind;
  /** The database table, where the source names one. */
  tableName?: string;
  /** Its own and all that it inherits; an inherited field has the place of its declaration. */
  fields: CodeField[];
  keys?: CodeKey[];
  /** Stands in a test or an example, so that it is none of the project's own. */
  isExample?: true;
};

export type CodeRelation = SourcePlace & {
  fromEntity: string;
  fieldName: string;
  toEntity: string;
  cardinality: "one" | "many";
};

export type CodeEnum = SourcePlace & { name: string; values: string[] };

export type CodeRoute = SourcePlace & {
  /** `GET`, `POST`, … or `QUERY`, `MUTATION`, `SUBSCRIPTION` for tRPC, `PAGE` for a Next page. */
  method: string;
  route: string;
  /** The function that serves it. */
  handler: string;
  /** Stands in a test or an example, so that it is none of the project's own. */
  isExample?: true;
};

export type CodeExport = SourcePlace & {
  name: string;
  kind: "class" | "function" | "const" | "type" | "enum" | "other";
};

/** Where one thing of a project shows: in its database, on the wire, on the screen. */
export type EntityLayer = "table" | "migration" | "request" | "response" | "type" | "route" | "screen";

/** The layers of what a table holds. */
export type EntityLayers = {
  /** The table's entity. */
  name: string;
  layers: (SourcePlace & { layer: EntityLayer; name: string })[];
  /** Layers that most tables of the project have and this one lacks. */
  missing: EntityLayer[];
};

export type UnreadLanguage = { language: string; fileCount: number };

/** What is read out of a project's files: never the database schema of Graft, nor a zod contract. */
export type CodeSchema = {
  entities: CodeEntity[];
  relations: CodeRelation[];
  enums: CodeEnum[];
  routes: CodeRoute[];
  exports: CodeExport[];
  /** The tables with all that belongs to them elsewhere; absent where there is no table. */
  layers?: EntityLayers[];
  /** Languages of the project in which no extractor found anything but exports; absent where there are none. */
  unread?: UnreadLanguage[];
  /** Files that declare more than is listed here; absent where there are none. */
  partialPaths?: FilePath[];
};

export const emptyCodeSchema: CodeSchema = { entities: [], relations: [], enums: [], routes: [], exports: [] };
