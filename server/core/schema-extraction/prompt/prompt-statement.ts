import type { FieldPhrase } from "./read-field-phrase.ts";

/** One statement of a prompt. Entities are PascalCase singular; `line` is the prompt's. */
export type PromptStatement = { line: number } &
  /** Weak mentions only count if the prompt describes no other entity. */
  (
    | { kind: "entity"; entity: string; isWeak: boolean }
    | { kind: "field"; entity: string; field: FieldPhrase }
    /**
     * Tentative: it continues a list (`belongs to a project and a user`) and becomes a field if no such entity is
     * described.
     */
    | {
        kind: "belongs-to";
        entity: string;
        target: string;
        role: string | null;
        isOptional: boolean;
        isTentative: boolean;
      }
    /** `field` is the fallback if no entity with that name is described. */
    | { kind: "has-one"; entity: string; target: string; field: FieldPhrase }
    | { kind: "has-many"; entity: string; target: string }
    | { kind: "many-to-many"; entity: string; target: string }
  );
