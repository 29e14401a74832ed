import type { FilePath } from "../ids.ts";

/** Where a fact was read. Lines are 1-based. */
export type SourcePlace = { path: FilePath; line: number };

/** `origin` distinguishes the layers of one entity: a table, an API shape, a client type. */
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
  /** The type as written in the source, for example `String(200)` or `DateTime?`. */
  type: string;
  isOptional: boolean;
  isList: boolean;
  isPrimaryKey: boolean;
  isUnique: boolean;
  defaultValue?: string;
  /** The `table.column` or entity name that a foreign key references. */
  references?: string;
};

/** A composite key or an index. A single-field key is also marked on the field. */
export type CodeKey = { kind: "primary" | "unique" | "index"; fields: string[] };

/** The role of an entity. A request is what a caller sends, a response what the caller receives. */
export type EntityKind = "table" | "request" | "response" | "settings" | "other";

export type CodeEntity = SourcePlace & {
  name: string;
  origin: EntityOrigin;
  kind: EntityKind;
  /** The database table, if the source names one. */
  tableName?: string;
  /** Own and inherited fields. The position of an inherited field is its declaration. */
  fields: CodeField[];
  keys?: CodeKey[];
  /** Declared in a test or an example, so not part of the project itself. */
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
  /** Declared in a test or an example, so not part of the project itself. */
  isExample?: true;
};

export type CodeExport = SourcePlace & {
  name: string;
  kind: "class" | "function" | "const" | "type" | "enum" | "other";
};

/** Where one concept of a project appears: in its database, on the wire, on the screen. */
export type EntityLayer = "table" | "migration" | "request" | "response" | "type" | "route" | "screen";

/** The layers that carry the fields of a table. */
export type EntityLayers = {
  /** The table's entity. */
  name: string;
  layers: (SourcePlace & { layer: EntityLayer; name: string })[];
  /** Layers that most tables of the project have and this one does not. */
  missing: EntityLayer[];
};

export type UnreadLanguage = { language: string; fileCount: number };

/** What is extracted from a project's files; never Graft's own database schema or a zod contract. */
export type CodeSchema = {
  entities: CodeEntity[];
  relations: CodeRelation[];
  enums: CodeEnum[];
  routes: CodeRoute[];
  exports: CodeExport[];
  /** The tables with the entities that match them in other layers; absent if there is no table. */
  layers?: EntityLayers[];
  /** Languages of the project in which extractors found only exports; absent if there are none. */
  unread?: UnreadLanguage[];
  /** Files with more declarations than are listed here; absent if there are none. */
  partialPaths?: FilePath[];
};

export const emptyCodeSchema: CodeSchema = { entities: [], relations: [], enums: [], routes: [], exports: [] };
