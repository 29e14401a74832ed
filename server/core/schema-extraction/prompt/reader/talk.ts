import type { FieldPhrase } from "../read-field-phrase.ts";
import type { PromptToken } from "../split-prompt.ts";
import { StatementLog } from "../statement-log.ts";

/** How an item without a verb of its own is to be read: it continues the list that the last verb began. */
export type ListMode = "none" | "entities" | "fields" | "values" | "has-many" | "belongs-to";

/** What a reader of English keeps: which entity the talk is of, and which list the last verb began. */
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
