import type { CodeEntity, EntityKind } from "#lib/contracts/versions/code-schema.ts";

/** The kinds in a picture: tables, wire types, and all other types. */
export type DrawnKind = "table" | "request" | "type";

export const drawnKindOf: Readonly<Record<EntityKind, DrawnKind>> = {
  table: "table",
  request: "request",
  response: "request",
  settings: "type",
  other: "type",
};

/** Compared with the parent: added, removed or changed. */
export type DrawnChange = "added" | "removed" | "changed";

export type DrawnRow = {
  name: string;
  type: string;
  mark: "key" | "foreign" | null;
  change: DrawnChange | null;
};

export type DrawnTable = {
  id: string;
  entity: CodeEntity;
  kind: DrawnKind;
  change: DrawnChange | null;
  /** The drawn rows, in source order; removed ones last. */
  rows: DrawnRow[];
  hiddenRowCount: number;
  isSelfRelated: boolean;
  widthPx: number;
  heightPx: number;
};

export type DrawnEdge = {
  id: string;
  from: string;
  to: string;
  /** The names of the fields that relate the two. */
  label: string;
  isFromMany: boolean;
  isToMany: boolean;
  change: DrawnChange | null;
  /** One end has so many relations that its edges would cover all others: drawn only for a selected table. */
  isOnDemand: boolean;
};

export type SchemaGraph = {
  tables: DrawnTable[];
  edges: DrawnEdge[];
  /** Entities of the drawn kinds that are not drawn. */
  leftOutCount: number;
  /** Tables whose edges are drawn on demand. */
  hubs: string[];
};

/** The layout in picture units; a unit is a pixel at full size. */
export type GraphLayout = {
  width: number;
  height: number;
  places: Record<string, { x: number; y: number }>;
  /** The bends of each laid-out edge, from one box to the other. */
  lines: Record<string, { x: number; y: number }[]>;
};
