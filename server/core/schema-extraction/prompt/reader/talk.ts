import type { FieldPhrase } from "../read-field-phrase.ts";
import type { PromptToken } from "../split-prompt.ts";
import { StatementLog } from "../statement-log.ts";

/** How to read an item without its own verb: it continues the list of the last verb. */
type ListMode = "none" | "entities" | "fields" | "values" | "has-many" | "belongs-to";

/** The context of a reader: the current entity, and the list that the last verb began. */
export class Talk {
  readonly log = new StatementLog();
  subject: string | null = null;
  domain: string | null = null;
  mode: ListMode = "none";
  modeBeforeValues: ListMode = "none";
  lastField: FieldPhrase | null = null;
  isIntroduction = true;
  groupDepth = 0;

  startList(mode: ListMode): void {
    this.mode = mode;
  }

  isListing(mode: ListMode): boolean {
    return this.mode === mode;
  }

  enter({ subject, mode }: { subject: string | null; mode: ListMode }): void {
    this.subject = subject;
    this.mode = mode;
    this.lastField = null;
  }

  addField({ entity, phrase }: { entity: string; phrase: readonly PromptToken[] }): FieldPhrase | null {
    const field = this.log.addField({ entity, phrase });
    if (field !== null) this.lastField = field;
    return field;
  }
}
