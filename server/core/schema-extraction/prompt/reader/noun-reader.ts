import { holdsFields, isArticle, isFieldLike, lowerWords, toPhraseName } from "../clause-words.ts";
import { toSnakeCase } from "../name-case.ts";
import { isConnector, readEntityNoun } from "../read-entity-noun.ts";
import { isQualifier, qualifyField, readFieldPhrase } from "../read-field-phrase.ts";
import type { PromptItem, PromptToken } from "../split-prompt.ts";
import { addEnumValues } from "../statement-log.ts";
import { findUsualValues } from "../build/usual-choices.ts";
import { imperatives, managingWords, manyWords } from "../vocabulary.ts";
import type { Talk } from "./talk.ts";
import { choiceWords } from "./choice-words.ts";

/** Levels of parentheses; deeper ones are not lists of fields. */
const maxGroupDepth = 3;

/** Reads lists: fields, values, entities, and what belongs to them. */
export class NounReader {
  readonly #talk: Talk;
  readonly #readList: (text: string) => void;

  constructor({ talk, readList }: { talk: Talk; readList: (text: string) => void }) {
    this.#talk = talk;
    this.#readList = readList;
  }

  readNoun({ tokens, lead }: PromptItem): void {
    const statesDefault = tokens.length > 1 && /^default/i.test(tokens[0]?.text ?? "");
    if (this.#talk.mode === "values" && !statesDefault) {
      if (this.#continueValues({ tokens, lead })) return;
      this.#talk.mode = this.#talk.modeBeforeValues;
    }
    if (this.#talk.lastField !== null && isQualifier(tokens)) qualifyField({ field: this.#talk.lastField, tokens });
    else if (this.#talk.mode === "entities" || this.#talk.mode === "none") this.readEntityMention(tokens);
    else if (this.#talk.subject === null) return;
    else if (this.#talk.mode === "belongs-to") this.#continueBelonging({ tokens, lead });
    else this.#readOwned({ entity: this.#talk.subject, tokens });
  }

  /** What an entity has: fields, or other entities. */
  #readOwned({ entity, tokens }: { entity: string; tokens: PromptToken[] }): void {
    const words = lowerWords(tokens);
    const quantity = words.findIndex(
      (word) => !manyWords.has(word) && !/^(?:of|or|any|number|a|an|can|also|zero|exactly|only|one)$/.test(word),
    );
    const counted = words.slice(0, Math.max(0, quantity));
    const isMany =
      counted.some((word) => manyWords.has(word)) || (counted.includes("any") && counted.includes("number"));
    const noun = quantity === -1 ? null : readEntityNoun({ tokens: tokens.slice(quantity), position: "target" });
    const isPlural = noun?.kind === "entity" && noun.isPlural;
    if (noun?.kind === "entity" && ((isMany && isPlural) || (this.#talk.mode === "has-many" && isPlural))) {
      this.#talk.mode = "has-many";
      this.#talk.log.add({ kind: "has-many", entity, target: noun.entity });
      this.readGroups({ entity: noun.entity, tokens });
    } else if (noun?.kind === "entity" && counted.at(-1) === "one" && !isMany) {
      this.addHasOne({ entity, target: noun.entity, tokens: tokens.slice(quantity) });
    } else if (noun?.kind === "entity" && (noun.isPlural || noun.isCapitalised) && holdsFields(tokens)) {
      this.readEntityMention(tokens);
    } else {
      this.#talk.mode = "fields";
      this.#readFieldItem({ entity, tokens });
    }
  }

  #readFieldItem({ entity, tokens }: { entity: string; tokens: PromptToken[] }): void {
    const words = lowerWords(tokens);
    const of = words.findIndex((word, index) => index > 0 && /^(?:of|among|from|in)$/.test(word));
    const name = toPhraseName(tokens.slice(0, Math.max(0, of)));
    const isChoice =
      of > 0 &&
      !isArticle(words[of + 1]) &&
      !/^\d/.test(words[of + 1] ?? "") &&
      findUsualValues({ entityName: entity, fieldName: name }) !== null;
    const field = this.#talk.addField({ entity, phrase: isChoice ? tokens.slice(0, of) : tokens });
    if (field === null) return;
    if (isChoice) {
      this.beginValues(tokens.slice(of + 1));
    } else if (field.values.length === 1 && words.some((word) => word === ":" || word === "=")) {
      // "status: todo, doing, done": the commas belong to the values.
      this.#talk.modeBeforeValues = this.#talk.mode;
      this.#talk.mode = "values";
    }
  }

  addHasOne({ entity, target, tokens }: { entity: string; target: string; tokens: readonly PromptToken[] }): void {
    const field = readFieldPhrase(tokens);
    if (field === null) return;
    this.#talk.log.add({ kind: "has-one", entity, target, field });
    this.#talk.lastField = field;
  }

  /**
   * `and to a product`, `and a doctor`: a name that looks like a field is one, unless an entity with that name is
   * described.
   */
  #continueBelonging({ tokens, lead }: PromptItem): void {
    const words = lowerWords(tokens);
    const isRepeated = words[0] === "to";
    const rest = isRepeated ? tokens.slice(1) : tokens;
    const isTentative = lead !== "and" || !isArticle(words[0]) || isFieldLike(toPhraseName(rest));
    this.addBelonging({ tokens: rest, role: null, isTentative: !isRepeated && isTentative });
  }

  addBelonging({
    tokens,
    role,
    isTentative,
  }: {
    tokens: PromptToken[];
    role: string | null;
    isTentative: boolean;
  }): void {
    if (this.#talk.subject === null) return;
    const words = lowerWords(tokens);
    const as = words.indexOf("as");
    const target = readEntityNoun({ tokens: as > 0 ? tokens.slice(0, as) : tokens, position: "target" });
    if (target?.kind !== "entity") return;
    if (target.isPlural && words.some((word) => manyWords.has(word))) {
      this.#talk.log.add({ kind: "many-to-many", entity: this.#talk.subject, target: target.entity });
      return;
    }
    const namedRole =
      as > 0
        ? toSnakeCase(
            words
              .slice(as + 1)
              .filter((word) => !isArticle(word))
              .join(" "),
          )
        : "";
    this.#talk.log.add({
      kind: "belongs-to",
      entity: this.#talk.subject,
      target: target.entity,
      role: namedRole || role,
      isOptional: words.includes("optional") || words.includes("optionally"),
      isTentative,
    });
  }

  beginValues(tokens: PromptToken[]): void {
    if (this.#talk.lastField === null) return;
    this.#talk.modeBeforeValues = this.#talk.mode === "values" ? this.#talk.modeBeforeValues : this.#talk.mode;
    this.#talk.mode = "values";
    const words = lowerWords(tokens);
    const start = words.findIndex((word) => !choiceWords.test(word) && word !== ":" && word !== "the");
    if (start !== -1) this.#continueValues({ tokens: tokens.slice(start), lead: "start" });
  }

  #continueValues({ tokens, lead }: PromptItem): boolean {
    const words = tokens.flatMap((token) => (token.kind === "word" ? [token.text] : []));
    const isValue =
      words.length > 0 && words.length <= 3 && !isArticle(words[0]?.toLowerCase()) && !words.includes(":");
    if (!isValue || this.#talk.lastField === null) return false;
    const values = words.join(" ").split(/[/|]/).map(toSnakeCase);
    addEnumValues({ field: this.#talk.lastField, values });
    // "todo, doing or done" ends with its conjunction; what follows continues the surrounding list.
    if (lead === "or" || lead === "and") this.#talk.mode = this.#talk.modeBeforeValues;
    return true;
  }

  readEntityMention(tokens: PromptToken[]): void {
    const words = lowerWords(tokens);
    const noun = readEntityNoun({ tokens, position: this.#talk.isIntroduction ? "introduction" : "clause" });
    if (noun === null || noun.kind === "pronoun") return;
    if (noun.kind === "application") {
      this.#talk.domain = noun.domain;
      if (this.#talk.mode === "none") this.#talk.mode = "entities";
      return;
    }
    const outerMode = this.#talk.mode;
    const isManaged = words.some(
      (word, index) => managingWords.has(word) && index < words.length - 1 && isConnector({ words, index }),
    );
    const isNamed = noun.isPlural || noun.isCapitalised || tokens.some((token) => token.kind === "group");
    if (outerMode === "entities" && !isNamed) {
      if (this.#talk.domain !== null) this.#talk.addField({ entity: this.#talk.domain, phrase: tokens });
      return;
    }
    const isAdded =
      imperatives.has(words[0] ?? "") && words.some((word) => /^(?:entity|model|table|resource)$/.test(word));
    this.#talk.subject = noun.entity;
    this.#talk.lastField = null;
    const isStrong = outerMode !== "none" || isAdded || (isManaged && noun.isPlural);
    if (isStrong || noun.isPlural) this.#talk.log.declareEntity({ entity: noun.entity, isWeak: !isStrong });
    if (isManaged && noun.isPlural) this.#talk.mode = "entities";
    if (outerMode === "fields") this.#talk.mode = "entities";
    this.readGroups({ entity: noun.entity, tokens });
  }

  /** The fields in parentheses after an entity. */
  readGroups({ entity, tokens }: { entity: string; tokens: readonly PromptToken[] }): void {
    for (const token of tokens) {
      if (token.kind !== "group" || this.#talk.groupDepth >= maxGroupDepth) continue;
      this.#talk.groupDepth += 1;
      const outerMode = this.#talk.mode;
      this.#talk.enter({ subject: entity, mode: "fields" });
      this.#readList(token.text.replace(/[;\n]/g, ", "));
      this.#talk.groupDepth -= 1;
      this.#talk.mode = outerMode;
      this.#talk.subject = entity;
    }
  }
}
