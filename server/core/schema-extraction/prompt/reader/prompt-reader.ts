import { isPluralNoun } from "../../inflect-noun.ts";
import { listsFields } from "../clause-words.ts";
import { asksForBehaviour, namesFeature } from "../request-phrases.ts";
import { readEntityNoun } from "../read-entity-noun.ts";
import { splitItems, splitSentences, tokenize } from "../split-prompt.ts";
import type { StatementLog } from "../statement-log.ts";
import { entitySections } from "../vocabulary.ts";
import { Talk } from "./talk.ts";
import { ClauseReader } from "./clause-reader.ts";

/** The part after the colon in `A table with columns: id, name`. */
const fieldsWord = /\b(with|has|have|having) (?:the )?(?:following )?(?:attributes|columns|fields|properties)\s*:\s*/i;

/** A longer clause contains nothing that these rules can read. */
const maxClauseTokens = 80;
/** Reads prompts into statements, sentence by sentence and item by item. */
export class PromptReader {
  readonly #talk = new Talk();
  readonly #clauses = new ClauseReader({ talk: this.#talk, readList: (text) => this.#readList(text) });

  get log(): StatementLog {
    return this.#talk.log;
  }

  /** Reads one or more sentences. */
  readProse(text: string): void {
    for (const sentence of splitSentences(text)) {
      this.#talk.startList("none");
      if (asksForBehaviour(sentence) || namesFeature(sentence)) continue;
      if (this.#readEntityLine(sentence)) continue;
      const introduction = /^([^:({[]*?):\s+(\S.*)$/.exec(sentence.replace(fieldsWord, "$1 "));
      if (introduction?.[1] !== undefined && introduction[2] !== undefined && !introduction[1].includes(",")) {
        const known = this.#talk.log.statements.length;
        this.#readList(introduction[1]);
        this.#talk.log.weakenSince(known);
        if (
          !this.#talk.isListing("entities") &&
          entitySections.has(introduction[1].split(" ").at(-1)?.toLowerCase() ?? "")
        )
          this.#talk.mode = "entities";
        this.#readList(introduction[2]);
      } else {
        this.#readList(sentence.replace(fieldsWord, "$1 "));
      }
      this.#talk.isIntroduction = false;
    }
  }

  /** `Lessons: title, video url` within a line of such sentences. */
  #readEntityLine(sentence: string): boolean {
    const [, name = "", rest = ""] = /^(\p{L}+(?: \p{L}+)?):\s+(\S.*)$/u.exec(sentence) ?? [];
    if (!isPluralNoun(name.toLowerCase()) || !listsFields(rest)) return false;
    const noun = readEntityNoun({ tokens: tokenize(name), position: "owner" });
    if (noun?.kind !== "entity") return false;
    this.#talk.log.declareEntity({ entity: noun.entity, isWeak: false });
    this.#talk.isIntroduction = false;
    this.#talk.enter({ subject: noun.entity, mode: "fields" });
    this.#readList(rest);
    return true;
  }

  /** Reads a list of fields and clauses that are about one entity. */
  readEntityList({ entity, text }: { entity: string; text: string }): void {
    const [list = "", ...prose] = splitSentences(text);
    this.#talk.isIntroduction = false;
    this.#talk.enter({ subject: entity, mode: "fields" });
    this.#readList(list);
    this.readProse(prose.join(". "));
  }

  /** Reads a list of entities: `Project, Task (title, status) and Comment`. */
  readEntityNames(text: string): void {
    this.#talk.isIntroduction = false;
    this.#talk.enter({ subject: null, mode: "entities" });
    const [list = "", ...prose] = splitSentences(text);
    this.#readList(list);
    this.readProse(prose.join(". "));
  }

  #readList(text: string): void {
    for (const item of splitItems(tokenize(text))) {
      if (item.tokens.length <= maxClauseTokens && !this.#talk.log.isFull) this.#clauses.readClause(item);
    }
  }
}
