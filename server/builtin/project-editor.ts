import type { KnownEntity, RequestIntent } from "./request-intent.ts";
import type { RuleOutcome } from "./rule-outcome.ts";

/** Applies intents to the draft of an existing project of one stack. */
export interface ProjectEditor {
  readonly entities: KnownEntity[];
  /** Changes the draft, or refuses: its earlier changes must then be discarded. */
  run(intent: RequestIntent): RuleOutcome;
}
