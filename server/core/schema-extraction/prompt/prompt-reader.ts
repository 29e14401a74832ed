import { isPluralNoun, singularizeNoun } from "../inflect-noun.ts";
import {
  holdsFields,
  isArticle,
  isFieldLike,
  listsFields,
  lowerWords,
  startsPlural,
  toPhraseName,
} from "./clause-words.ts";
import { findAttributeField } from "./find-attribute-field.ts";
import { readAssociation } from "./read-association.ts";
import { asksForBehaviour, namesFeature } from "./request-phrases.ts";
import { findVerb, type PromptVerb } from "./find-verb.ts";
import { findTypeWord } from "./guess-field-type.ts";
import { toPascalCase, toSnakeCase } from "./name-case.ts";
import { isConnector, isPersonEntity, readEntityNoun } from "./read-entity-noun.ts";
import { isQualifier, qualifyField, readFieldPhrase, type FieldPhrase } from "./read-field-phrase.ts";
import { readRelationPhrase } from "./read-relation-phrase.ts";
import { splitItems, splitSentences, tokenize, type PromptItem, type PromptToken } from "./split-prompt.ts";
import { addEnumValues, StatementLog } from "./statement-log.ts";
import { findUsualValues } from "./build/usual-choices.ts";
import { entitySections, imperatives, managingWords, manyWords } from "./vocabulary.ts";

/** How an item without a verb of its own is to be read: it continues the list that the last verb began. */
type ListMode = "none" | "entities" | "fields" | "values" | "has-many" | "belongs-to";

const relativePronouns = /^(?:that|which|who|where|whose)$/;
const choiceWords = /^(?:of|among|from|being|enum|values|options|choices|value|either|between|one)$/;

/** `A table with columns: id, name` has what follows the colon. */
const fieldsWord = /\b(with|has|have|having) (?:the )?(?:following )?(?:attributes|columns|fields|properties)\s*:\s*/i;

/** A longer clause says nothing about data that these rules could read. */
const maxClauseTokens = 80;
/** Parentheses within parentheses; deeper ones are no longer lists of fields. */
const maxGroupDepth = 3;

/**
 * Reads the clauses of prompts into statements. It keeps what a reader of English keeps: which entity the talk is of,
 * and which list the last verb began.
 */
export class PromptReader {
  readonly log = new StatementLog();
  private subject: string | null = null;
  private domain: string | null = null;
  private mode: ListMode = "none";
  private modeBeforeValues: ListMode = "none";
  private lastField: FieldPhrase | null = null;
  private isIntroduction = true;
  private groupDepth = 0;

  /** Reads one or more sentences. */
  readProse(text: string): void {
    for (const sentence of splitSentences(text)) {
      this.startList("none");
      if (asksForBehaviour(sentence) || namesFeature(sentence)) continue;
      if (this.readEntityLine(sentence)) continue;
      const introduction = /^([^:({[]*?):\s+(\S.*)$/.exec(sentence.replace(fieldsWord, "$1 "));
      if (introduction?.[1] !== undefined && introduction[2] !== undefined && !introduction[1].includes(",")) {
        const known = this.log.statements.length;
        this.readList(introduction[1]);
        this.log.weakenSince(known);
        if (!this.isListing("entities") && entitySections.has(introduction[1].split(" ").at(-1)?.toLowerCase() ?? ""))
          this.mode = "entities";
        this.readList(introduction[2]);
      } else {
        this.readList(sentence.replace(fieldsWord, "$1 "));
      }
      this.isIntroduction = false;
    }
  }

  /** `Lessons: title, video url` within a line of such sentences. */
  private readEntityLine(sentence: string): boolean {
    const [, name = "", rest = ""] = /^(\p{L}+(?: \p{L}+)?):\s+(\S.*)$/u.exec(sentence) ?? [];
    if (!isPluralNoun(name.toLowerCase()) || !listsFields(rest)) return false;
    const noun = readEntityNoun({ tokens: tokenize(name), position: "owner" });
    if (noun?.kind !== "entity") return false;
    this.log.declareEntity({ entity: noun.entity, isWeak: false });
    this.isIntroduction = false;
    this.enter({ subject: noun.entity, mode: "fields" });
    this.readList(rest);
    return true;
  }

  /** Reads a list of fields and clauses that are about one entity. */
  readEntityList({ entity, text }: { entity: string; text: string }): void {
    const [list = "", ...prose] = splitSentences(text);
    this.isIntroduction = false;
    this.enter({ subject: entity, mode: "fields" });
    this.readList(list);
    this.readProse(prose.join(". "));
  }

  /** Reads a list of entities: `Project, Task (title, status) and Comment`. */
  readEntityNames(text: string): void {
    this.isIntroduction = false;
    this.enter({ subject: null, mode: "entities" });
    const [list = "", ...prose] = splitSentences(text);
    this.readList(list);
    this.readProse(prose.join(". "));
  }

  private startList(mode: ListMode): void {
    this.mode = mode;
  }

  private isListing(mode: ListMode): boolean {
    return this.mode === mode;
  }

  private enter({ subject, mode }: { subject: string | null; mode: ListMode }): void {
    this.subject = subject;
    this.mode = mode;
    this.lastField = null;
  }

  private readList(text: string): void {
    for (const item of splitItems(tokenize(text))) {
      if (item.tokens.length <= maxClauseTokens && !this.log.isFull) this.readClause(item);
    }
  }

  private readClause({ tokens, lead }: PromptItem): void {
    const words = lowerWords(tokens);
    const text = words.join(" ").trim();
    if (asksForBehaviour(text) || (namesFeature(text) && this.mode !== "values")) {
      this.startList("none");
      return;
    }
    const relative = words.findIndex(
      (word, index) =>
        relativePronouns.test(word) &&
        (findVerb(words.slice(index + 1)) !== null ||
          readAssociation({ tokens: tokens.slice(index + 1), hasSubject: false }) !== null),
    );
    if (relative === -1) {
      this.readSimpleClause({ tokens, lead, isRelative: false });
      return;
    }
    const before = tokens.slice(0, relative);
    if (before.length > 0) this.readSimpleClause({ tokens: before, lead, isRelative: false });
    this.readSimpleClause({ tokens: tokens.slice(relative + 1), lead: "start", isRelative: true });
  }

  private readSimpleClause({ tokens, lead, isRelative }: PromptItem & { isRelative: boolean }): void {
    if (this.readNamedRelation(tokens) || this.readAct({ tokens, lead })) return;
    const verb = findVerb(lowerWords(tokens));
    if (verb === null) {
      this.readNoun({ tokens, lead });
      return;
    }
    const subjectTokens = tokens.slice(0, verb.start);
    const object = tokens.slice(verb.end);
    const isFlagName =
      verb.kind === "is" &&
      verb.start === 0 &&
      !isRelative &&
      this.mode === "fields" &&
      !isQualifier(object) &&
      object.length > 0 &&
      object.length < 3;
    if (isFlagName && !isArticle(lowerWords(object)[0])) {
      // In a list of fields "is featured" is the name of one.
      this.readNoun({ tokens: [{ kind: "word", text: "is" }, ...object], lead });
      return;
    }
    if (verb.kind === "is" || verb.kind === "values") this.readAttribute({ verb, subjectTokens, object, isRelative });
    else if (verb.kind === "belongs-to") this.readBelonging({ verb, subjectTokens, object, lead });
    else this.readPossession({ verb, subjectTokens, object, lead });
  }

  /** `Members borrow books as loans with a due date`: the loan belongs to both and has the date. */
  private readAct({ tokens, lead }: PromptItem): boolean {
    const hasSubject = this.subject !== null && this.mode !== "none" && this.mode !== "entities" && lead !== "start";
    const association = readAssociation({ tokens, hasSubject });
    const subject = association?.subject ?? this.subject;
    if (association === null || subject === null) return false;
    const { objects, act, isOwning, rest } = association;
    const [object] = objects;
    if (act === null && object !== undefined) {
      this.enter({ subject: isOwning ? object : subject, mode: "fields" });
      this.log.add({ kind: isOwning ? "has-many" : "many-to-many", entity: subject, target: object });
    } else if (act !== null) {
      this.enter({ subject: act, mode: "fields" });
      for (const target of [subject, ...objects])
        this.log.add({ kind: "belongs-to", entity: act, target, role: null, isOptional: false, isTentative: false });
    }
    if (act !== null && rest[0]?.kind === "group") this.readGroups({ entity: act, tokens: rest.splice(0, 1) });
    if (rest.length > 0) this.readSimpleClause({ tokens: rest, lead: "and", isRelative: false });
    return true;
  }

  /** `products have a name`, `orders with a quantity`, `an app with products`. */
  private readPossession({
    verb,
    subjectTokens,
    object,
    lead,
  }: {
    verb: PromptVerb;
    subjectTokens: PromptToken[];
    object: PromptToken[];
    lead: PromptItem["lead"];
  }): void {
    const noun = readEntityNoun({
      tokens: subjectTokens,
      position:
        this.isIntroduction && (verb.kind === "with" || startsPlural(object))
          ? "introduction"
          : verb.kind === "has" && verb.end === verb.start + 1
            ? "owner"
            : "clause",
    });
    if (noun === null) {
      this.mode = "none";
      return;
    }
    const isOwnField =
      this.mode === "fields" &&
      this.subject !== null &&
      verb.kind === "with" &&
      noun.kind === "entity" &&
      !noun.isPlural &&
      !noun.isCapitalised;
    if (isOwnField) {
      this.readNoun({ tokens: subjectTokens, lead });
      if (choiceWords.test(lowerWords(object)[0] ?? "")) this.beginValues(object);
      return;
    }
    if (noun.kind === "application") {
      this.domain = noun.domain;
      this.enter({ subject: null, mode: "entities" });
    } else if (noun.kind === "entity") {
      this.enter({ subject: noun.entity, mode: "fields" });
      this.log.declareEntity({ entity: noun.entity, isWeak: true });
      this.readGroups({ entity: noun.entity, tokens: subjectTokens });
    } else {
      this.mode = this.subject === null ? "entities" : "fields";
    }
    const shared = verb.isShared ? readEntityNoun({ tokens: object, position: "clause" }) : null;
    if (shared?.kind === "entity" && this.subject !== null) {
      this.log.add({ kind: "many-to-many", entity: this.subject, target: shared.entity });
    } else if (object.length > 0) {
      this.readObject(object);
    }
  }

  /** What is had; in `several exercises with a name` the fields after "with" are the exercises'. */
  private readObject(tokens: PromptToken[]): void {
    const words = lowerWords(tokens);
    const inner = words.findIndex(
      (word, index) => index > 0 && (word === "with" || word === "having") && !choiceWords.test(words[index + 1] ?? ""),
    );
    const noun = inner === -1 ? null : readEntityNoun({ tokens: tokens.slice(0, inner), position: "clause" });
    if (noun?.kind !== "entity" || !noun.isPlural) {
      this.readNoun({ tokens, lead: "start" });
      return;
    }
    this.readNoun({ tokens: tokens.slice(0, inner), lead: "start" });
    this.enter({ subject: noun.entity, mode: "fields" });
    this.readNoun({ tokens: tokens.slice(inner + 1), lead: "start" });
  }

  private readBelonging({
    verb,
    subjectTokens,
    object,
    lead,
  }: {
    verb: PromptVerb;
    subjectTokens: PromptToken[];
    object: PromptToken[];
    lead: PromptItem["lead"];
  }): void {
    const noun = readEntityNoun({ tokens: subjectTokens, position: "clause" });
    const continuesField =
      this.mode === "fields" &&
      this.subject !== null &&
      noun?.kind === "entity" &&
      !noun.isPlural &&
      isArticle(lowerWords(subjectTokens)[0]);
    if (continuesField && lead !== "start") {
      // "a quantity belonging to a product" in a list of fields: the entity belongs, not its quantity.
      this.readNoun({ tokens: subjectTokens, lead });
    } else if (noun?.kind === "entity") {
      this.enter({ subject: noun.entity, mode: "fields" });
      this.readGroups({ entity: noun.entity, tokens: subjectTokens });
    } else if (noun?.kind !== "pronoun") {
      this.mode = "none";
      return;
    }
    if (this.subject === null) return;
    this.mode = "belongs-to";
    const words = lowerWords(object);
    const fields = words.findIndex((word, index) => index > 0 && (word === "with" || word === "having"));
    const targets = fields === -1 ? object : object.slice(0, fields);
    // "links a guest to a room" has two targets.
    const to = words.slice(0, targets.length).indexOf("to");
    this.addBelonging({ tokens: to > 0 ? targets.slice(0, to) : targets, role: verb.role, isTentative: false });
    if (to > 0) this.addBelonging({ tokens: targets.slice(to + 1), role: null, isTentative: false });
    if (fields === -1) return;
    this.mode = "fields";
    this.readNoun({ tokens: object.slice(fields + 1), lead: "start" });
  }

  /** `status can be todo or done`, `email is unique`, `priority is an integer`. */
  private readAttribute({
    verb,
    subjectTokens,
    object,
    isRelative,
  }: {
    verb: PromptVerb;
    subjectTokens: PromptToken[];
    object: PromptToken[];
    isRelative: boolean;
  }): void {
    const words = lowerWords(object);
    // "Owners are users with an email" speaks of a kind of users, not of the owner that a folder has.
    const isKind = startsPlural(subjectTokens) && (startsPlural(object) || findVerb(words) !== null);
    const field = isKind
      ? null
      : subjectTokens.length === 0 && isRelative
        ? this.lastField
        : findAttributeField({
            log: this.log,
            subject: this.subject,
            tokens: subjectTokens,
            canBeNew: verb.kind === "values" && !isQualifier(object),
          });
    if (field === null) {
      if (subjectTokens.length > 0) this.mode = "none";
      // "The main entity is a contract with a title": what it is said to be has the fields.
      if (findVerb(words)?.kind === "with") this.readSimpleClause({ tokens: object, lead: "start", isRelative: false });
      return;
    }
    this.lastField = field;
    if (isQualifier(object)) qualifyField({ field, tokens: object });
    else if (verb.kind === "values") this.beginValues(object);
    else if (isArticle(words[0])) this.readStatedType({ field, object });
    else if (
      field.isEnum ||
      startsPlural(subjectTokens) ||
      findUsualValues({ entityName: this.subject ?? "", fieldName: field.name }) !== null
    )
      this.beginValues(object);
  }

  private readStatedType({ field, object }: { field: FieldPhrase; object: PromptToken[] }): void {
    const nouns = object.filter((token) => token.kind === "word" && !isArticle(token.text.toLowerCase()));
    const type = findTypeWord(nouns.at(-1)?.text ?? "");
    if (type !== null) {
      field.type = type;
      field.isTypeStated = true;
    } else {
      const entity = toPascalCase(singularizeNoun(nouns.map((token) => token.text).join(" ")));
      if (entity !== "") field.typeName = entity;
      // "An owner, which is a user" describes users; "a note which is a short text" describes nothing.
      if (isPersonEntity(entity)) this.log.declareEntity({ entity, isWeak: false });
    }
  }

  private readNamedRelation(tokens: PromptToken[]): boolean {
    const relation = readRelationPhrase(tokens);
    if (relation === null) return false;
    if (relation.owner !== null) this.enter({ subject: relation.owner, mode: "fields" });
    if (this.subject === null || relation.target === null) return true;
    const sides = { entity: this.subject, target: relation.target };
    if (relation.kind === "has-one") this.addHasOne({ ...sides, tokens: tokenize(relation.target) });
    else if (relation.kind === "belongs-to")
      this.log.add({ kind: "belongs-to", ...sides, role: null, isOptional: false, isTentative: false });
    else this.log.add({ kind: relation.kind, ...sides });
    return true;
  }

  private readNoun({ tokens, lead }: PromptItem): void {
    const statesDefault = tokens.length > 1 && /^default/i.test(tokens[0]?.text ?? "");
    if (this.mode === "values" && !statesDefault) {
      if (this.continueValues({ tokens, lead })) return;
      this.mode = this.modeBeforeValues;
    }
    if (this.lastField !== null && isQualifier(tokens)) qualifyField({ field: this.lastField, tokens });
    else if (this.mode === "entities" || this.mode === "none") this.readEntityMention(tokens);
    else if (this.subject === null) return;
    else if (this.mode === "belongs-to") this.continueBelonging({ tokens, lead });
    else this.readOwned({ entity: this.subject, tokens });
  }

  /** What an entity has: fields, or other entities. */
  private readOwned({ entity, tokens }: { entity: string; tokens: PromptToken[] }): void {
    const words = lowerWords(tokens);
    const quantity = words.findIndex(
      (word) => !manyWords.has(word) && !/^(?:of|or|any|number|a|an|can|also|zero|exactly|only|one)$/.test(word),
    );
    const counted = words.slice(0, Math.max(0, quantity));
    const isMany =
      counted.some((word) => manyWords.has(word)) || (counted.includes("any") && counted.includes("number"));
    const noun = quantity === -1 ? null : readEntityNoun({ tokens: tokens.slice(quantity), position: "target" });
    const isPlural = noun?.kind === "entity" && noun.isPlural;
    if (noun?.kind === "entity" && ((isMany && isPlural) || (this.mode === "has-many" && isPlural))) {
      this.mode = "has-many";
      this.log.add({ kind: "has-many", entity, target: noun.entity });
      this.readGroups({ entity: noun.entity, tokens });
    } else if (noun?.kind === "entity" && counted.at(-1) === "one" && !isMany) {
      this.addHasOne({ entity, target: noun.entity, tokens: tokens.slice(quantity) });
    } else if (noun?.kind === "entity" && (noun.isPlural || noun.isCapitalised) && holdsFields(tokens)) {
      this.readEntityMention(tokens);
    } else {
      this.mode = "fields";
      this.readFieldItem({ entity, tokens });
    }
  }

  private readFieldItem({ entity, tokens }: { entity: string; tokens: PromptToken[] }): void {
    const words = lowerWords(tokens);
    const of = words.findIndex((word, index) => index > 0 && /^(?:of|among|from|in)$/.test(word));
    const name = toPhraseName(tokens.slice(0, Math.max(0, of)));
    const isChoice =
      of > 0 &&
      !isArticle(words[of + 1]) &&
      !/^\d/.test(words[of + 1] ?? "") &&
      findUsualValues({ entityName: entity, fieldName: name }) !== null;
    const field = this.addField({ entity, phrase: isChoice ? tokens.slice(0, of) : tokens });
    if (field === null) return;
    if (isChoice) {
      this.beginValues(tokens.slice(of + 1));
    } else if (field.values.length === 1 && words.some((word) => word === ":" || word === "=")) {
      // "status: todo, doing, done": the commas belong to the values.
      this.modeBeforeValues = this.mode;
      this.mode = "values";
    }
  }

  private addField({ entity, phrase }: { entity: string; phrase: readonly PromptToken[] }): FieldPhrase | null {
    const field = this.log.addField({ entity, phrase });
    if (field !== null) this.lastField = field;
    return field;
  }

  private addHasOne({
    entity,
    target,
    tokens,
  }: {
    entity: string;
    target: string;
    tokens: readonly PromptToken[];
  }): void {
    const field = readFieldPhrase(tokens);
    if (field === null) return;
    this.log.add({ kind: "has-one", entity, target, field });
    this.lastField = field;
  }

  /** `and to a product`, `and a doctor`: what reads like a field is one, unless an entity of that name is described. */
  private continueBelonging({ tokens, lead }: PromptItem): void {
    const words = lowerWords(tokens);
    const isRepeated = words[0] === "to";
    const rest = isRepeated ? tokens.slice(1) : tokens;
    const isTentative = lead !== "and" || !isArticle(words[0]) || isFieldLike(toPhraseName(rest));
    this.addBelonging({ tokens: rest, role: null, isTentative: !isRepeated && isTentative });
  }

  private addBelonging({
    tokens,
    role,
    isTentative,
  }: {
    tokens: PromptToken[];
    role: string | null;
    isTentative: boolean;
  }): void {
    if (this.subject === null) return;
    const words = lowerWords(tokens);
    const as = words.indexOf("as");
    const target = readEntityNoun({ tokens: as > 0 ? tokens.slice(0, as) : tokens, position: "target" });
    if (target?.kind !== "entity") return;
    if (target.isPlural && words.some((word) => manyWords.has(word))) {
      this.log.add({ kind: "many-to-many", entity: this.subject, target: target.entity });
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
    this.log.add({
      kind: "belongs-to",
      entity: this.subject,
      target: target.entity,
      role: namedRole || role,
      isOptional: words.includes("optional") || words.includes("optionally"),
      isTentative,
    });
  }

  private beginValues(tokens: PromptToken[]): void {
    if (this.lastField === null) return;
    this.modeBeforeValues = this.mode === "values" ? this.modeBeforeValues : this.mode;
    this.mode = "values";
    const words = lowerWords(tokens);
    const start = words.findIndex((word) => !choiceWords.test(word) && word !== ":" && word !== "the");
    if (start !== -1) this.continueValues({ tokens: tokens.slice(start), lead: "start" });
  }

  private continueValues({ tokens, lead }: PromptItem): boolean {
    const words = tokens.flatMap((token) => (token.kind === "word" ? [token.text] : []));
    const isValue =
      words.length > 0 && words.length <= 3 && !isArticle(words[0]?.toLowerCase()) && !words.includes(":");
    if (!isValue || this.lastField === null) return false;
    const values = words.join(" ").split(/[/|]/).map(toSnakeCase);
    addEnumValues({ field: this.lastField, values });
    // "todo, doing or done" is finished by its conjunction; what follows continues the list around it.
    if (lead === "or" || lead === "and") this.mode = this.modeBeforeValues;
    return true;
  }

  private readEntityMention(tokens: PromptToken[]): void {
    const words = lowerWords(tokens);
    const noun = readEntityNoun({ tokens, position: this.isIntroduction ? "introduction" : "clause" });
    if (noun === null || noun.kind === "pronoun") return;
    if (noun.kind === "application") {
      this.domain = noun.domain;
      if (this.mode === "none") this.mode = "entities";
      return;
    }
    const outerMode = this.mode;
    const isManaged = words.some(
      (word, index) => managingWords.has(word) && index < words.length - 1 && isConnector({ words, index }),
    );
    const isNamed = noun.isPlural || noun.isCapitalised || tokens.some((token) => token.kind === "group");
    if (outerMode === "entities" && !isNamed) {
      if (this.domain !== null) this.addField({ entity: this.domain, phrase: tokens });
      return;
    }
    const isAdded =
      imperatives.has(words[0] ?? "") && words.some((word) => /^(?:entity|model|table|resource)$/.test(word));
    this.subject = noun.entity;
    this.lastField = null;
    const isStrong = outerMode !== "none" || isAdded || (isManaged && noun.isPlural);
    if (isStrong || noun.isPlural) this.log.declareEntity({ entity: noun.entity, isWeak: !isStrong });
    if (isManaged && noun.isPlural) this.mode = "entities";
    if (outerMode === "fields") this.mode = "entities";
    this.readGroups({ entity: noun.entity, tokens });
  }

  /** The fields in parentheses behind an entity. */
  private readGroups({ entity, tokens }: { entity: string; tokens: readonly PromptToken[] }): void {
    for (const token of tokens) {
      if (token.kind !== "group" || this.groupDepth >= maxGroupDepth) continue;
      this.groupDepth += 1;
      const outerMode = this.mode;
      this.enter({ subject: entity, mode: "fields" });
      this.readList(token.text.replace(/[;\n]/g, ", "));
      this.groupDepth -= 1;
      this.mode = outerMode;
      this.subject = entity;
    }
  }
}
