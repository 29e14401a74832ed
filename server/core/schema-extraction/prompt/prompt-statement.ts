import type { FieldPhrase } from "./read-field-phrase.ts";

/** One thing that a prompt says. Entities are PascalCase singular; `line` is the prompt's. */
export type PromptStatement = { line: number } &
  /** Weak mentions count only where the prompt describes no entity otherwise. */
  (
    | { kind: "entity"; entity: string; isWeak: boolean }
    | { kind: "field"; entity: string; field: FieldPhrase }
    /**
     * Tentative: it continues a list (`belongs to a project and a user`) and is a field where no such entity is
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
    /** `field` is what it is where no entity of that name is described. */
    | { kind: "has-one"; entity: string; target: string; field: FieldPhrase }
    | { kind: "has-many"; entity: string; target: string }
    | { kind: "many-to-many"; entity: string; target: string }
  );
