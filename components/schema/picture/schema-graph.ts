import type { CodeEntity, EntityKind } from "#lib/contracts/versions/code-schema.ts";

/** What a picture tells apart: a table, what goes over the wire, and all other types. */
export type DrawnKind = "table" | "request" | "type";

export const drawnKindOf: Readonly<Record<EntityKind, DrawnKind>> = {
  table: "table",
  request: "request",
  response: "request",
  settings: "type",
  other: "type",
};

/** Against the parent: new, gone, or there before in another form. */
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
  /** The rows that are drawn, in the order of the source; those that are gone last. */
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
  /** One end has so many relations that its lines would hide all others: drawn only for a table that is chosen. */
  isOnDemand: boolean;
};

export type SchemaGraph = {
  tables: DrawnTable[];
  edges: DrawnEdge[];
  /** Entities of the drawn kinds beyond those that are drawn. */
  leftOutCount: number;
  /** Tables whose lines are drawn on demand. */
  hubs: string[];
};

/** Where everything stands, in units of the picture; a unit is a pixel at full size. */
export type GraphLayout = {
  width: number;
  height: number;
  places: Record<string, { x: number; y: number }>;
  /** The bends of each line that was laid out, from one box to the other. */
  lines: Record<string, { x: number; y: number }[]>;
};
