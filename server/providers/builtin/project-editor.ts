import type { KnownEntity, RequestIntent } from "./request-intent.ts";
import type { RuleOutcome } from "./rule-outcome.ts";

/** Carries out intents on the draft of an existing project of one kind. */
export interface ProjectEditor {
  readonly entities: KnownEntity[];
  /** Changes the draft, or refuses and leaves it as it was. */
  run(intent: RequestIntent): RuleOutcome;
}
