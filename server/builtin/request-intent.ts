import type { PlannedEntity, PlannedField } from "./project-plan.ts";

export type ProjectFileKind = "schema" | "router" | "test" | "dockerfile";

/** One requested change of an existing project, in terms of its entities. */
export type RequestIntent =
  | { kind: "add-fields"; entity: string; fields: PlannedField[] }
  | { kind: "add-entity"; entity: PlannedEntity }
  /** `entity` null: every entity without such a file. It may name an entity that the project does not have. */
  | { kind: "add-files"; fileKind: ProjectFileKind; entity: string | null }
  | { kind: "rename-field"; entity: string; from: string; to: string }
  | { kind: "remove-fields"; entity: string; fields: string[] }
  | { kind: "remove-entity"; entity: string }
  | { kind: "add-pagination"; entity: string }
  | { kind: "add-filter"; entity: string; fields: string[] };

/** The project's entities, for interpreting words. Names are as in the code. */
export type KnownEntity = { name: string; fields: string[] };
