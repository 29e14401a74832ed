import type { KnownEntity, RequestIntent } from "./request-intent.ts";
import type { RuleOutcome } from "./rule-outcome.ts";

/** Carries out intents on the draft of an existing project of one kind. */
export interface ProjectEditor {
  readonly entities: KnownEntity[];
  /** Changes the draft, or refuses: what it changed before is then of no use. */
  run(intent: RequestIntent): RuleOutcome;
}
