import { isPluralNoun, singularizeNoun } from "../inflect-noun.ts";
import { findVerb } from "./find-verb.ts";
import type { PromptVerb } from "./find-verb.ts";
import { findTypeWord, guessFieldType } from "./guess-field-type.ts";
import { toPascalCase, toSnakeCase } from "./name-case.ts";
import type { PromptStatement } from "./prompt-statement.ts";
import { isConnector, isPersonEntity, readEntityNoun } from "./read-entity-noun.ts";
import { isQualifier, qualifyField, readFieldPhrase } from "./read-field-phrase.ts";
import type { FieldPhrase } from "./read-field-phrase.ts";
import { splitItems, splitSentences, tokenize } from "./split-prompt.ts";
import type { PromptItem, PromptToken } from "./split-prompt.ts";
import { findUsualValues } from "./usual-choices.ts";
import { entitySections, featureNouns, imperatives, managingWords, manyWords } from "./vocabulary.ts";

/** How an item without a verb of its own is to be read: it continues the list that the last verb began. */
type ListMode = "none" | "entities" | "fields" | "values" | "has-many" | "belongs-to";

const articles = /^(?:a|an|the|their|its|his|her|each|every|some|any|many|multiple|several|optional|unique)$/;
const relativePronouns = /^(?:that|which|who|where|whose)$/;
const choiceWords = /^(?:of|among|from|being|enum|values|options|choices|value|either|between|one)$/;
/** Nouns of plain fields that are as good as never an entity. */
const plainFieldNouns: ReadonlySet<string> = new Set("name title status type label code slug color colour location address phone kind gender currency".split(" "));
const ignoredFieldNames: ReadonlySet<string> = new Set("id etc so_on more others timestamps primary_key ids zero one".split(" "));

/**
 * Reads the clauses of prompts into statements. It keeps what a reader of English keeps: which entity the talk is of, and
 * which list the last verb began.
 */
export class PromptReader {
  readonly statements: PromptStatement[] = [];
  line = 1;
  private subject: string | null = null;
  private domain: string | null = null;
  private mode: ListMode = "none";
  private modeBeforeValues: ListMode = "none";
  private lastField: FieldPhrase | null = null;
  private isIntroduction = true;

  /** Reads one or more sentences. */
  readProse(text: string): void {
    for (const sentence of splitSentences(text)) {
      this.startList("none");
      const introduction = /^([^:({[]*?):\s+(\S.*)$/.exec(sentence);
      if (introduction?.[1] !== undefined && introduction[2] !== undefined && !introduction[1].includes(",")) {
        this.readList(introduction[1]);
        if (!this.isListing("entities") && entitySections.has(introduction[1].split(" ").at(-1)?.toLowerCase() ?? "")) this.mode = "entities";
        this.readList(introduction[2]);
      } else {
        this.readList(sentence);
      }
      this.isIntroduction = false;
    }
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

  declareEntity({ entity, isWeak }: { entity: string; isWeak: boolean }): void {
    this.statements.push({ kind: "entity", entity, isWeak, line: this.line });
  }

  /** The field of that name which was read last, of the entity if it has one. */
  findField({ entity, name }: { entity: string | null; name: string }): FieldPhrase | null {
    const fields = this.statements.flatMap((statement) => (statement.kind === "field" && statement.field.name === name ? [statement] : []));
    return (fields.findLast((statement) => statement.entity === entity) ?? fields.at(-1))?.field ?? null;
  }

  addValues({ entity, fieldName, values }: { entity: string; fieldName: string; values: readonly string[] }): void {
    const field = this.findField({ entity, name: fieldName }) ?? this.addField({ entity, phrase: tokenize(fieldName) });
    if (field !== null) addTo({ field, values });
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
    for (const item of splitItems(tokenize(text))) this.readClause(item);
  }

  private readClause({ tokens, lead }: PromptItem): void {
    const words = lowerWords(tokens);
    const relative = words.findIndex((word, index) => relativePronouns.test(word) && findVerb(words.slice(index + 1)) !== null);
    if (relative === -1) {
      this.readSimpleClause({ tokens, lead, isRelative: false });
      return;
    }
    const before = tokens.slice(0, relative);
    if (before.length > 0) this.readSimpleClause({ tokens: before, lead, isRelative: false });
    this.readSimpleClause({ tokens: tokens.slice(relative + 1), lead: "start", isRelative: true });
  }

  private readSimpleClause({ tokens, lead, isRelative }: PromptItem & { isRelative: boolean }): void {
    if (this.readNamedRelation(tokens)) return;
    const verb = findVerb(lowerWords(tokens));
    if (verb === null) {
      this.readNoun({ tokens, lead });
      return;
    }
    const subjectTokens = tokens.slice(0, verb.start);
    const object = tokens.slice(verb.end);
    const isFlagName = verb.kind === "is" && verb.start === 0 && !isRelative && this.mode === "fields" && !isQualifier(object) && object.length > 0 && object.length < 3;
    if (isFlagName && !articles.test(lowerWords(object)[0] ?? "")) {
      // In a list of fields "is featured" is the name of one.
      this.readNoun({ tokens, lead });
      return;
    }
    if (verb.kind === "is" || verb.kind === "values") this.readAttribute({ verb, subjectTokens, object, isRelative });
    else if (verb.kind === "belongs-to") this.readBelonging({ verb, subjectTokens, object, lead });
    else this.readPossession({ verb, subjectTokens, object, lead });
  }

  /** `products have a name`, `orders with a quantity`, `an app with products`. */
  private readPossession({ verb, subjectTokens, object, lead }: { verb: PromptVerb; subjectTokens: PromptToken[]; object: PromptToken[]; lead: PromptItem["lead"] }): void {
    const noun = readEntityNoun({ tokens: subjectTokens, isIntroduction: this.isIntroduction && (verb.kind === "with" || startsPlural(object)) });
    if (noun === null) {
      this.mode = "none";
      return;
    }
    const isOwnField = this.mode === "fields" && this.subject !== null && verb.kind === "with" && noun.kind === "entity" && !noun.isPlural && !noun.isCapitalised;
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
      this.declareEntity({ entity: noun.entity, isWeak: true });
      this.readGroups({ entity: noun.entity, tokens: subjectTokens });
    } else {
      this.mode = this.subject === null ? "entities" : "fields";
    }
    const shared = verb.isShared ? readEntityNoun({ tokens: object, isIntroduction: false }) : null;
    if (shared?.kind === "entity" && this.subject !== null) {
      this.statements.push({ kind: "many-to-many", entity: this.subject, target: shared.entity, line: this.line });
    } else if (object.length > 0) {
      this.readObject(object);
    }
  }

  /** What is had; in `several exercises with a name` the fields after "with" are the exercises'. */
  private readObject(tokens: PromptToken[]): void {
    const words = lowerWords(tokens);
    const inner = words.findIndex((word, index) => index > 0 && (word === "with" || word === "having") && !choiceWords.test(words[index + 1] ?? ""));
    const noun = inner === -1 ? null : readEntityNoun({ tokens: tokens.slice(0, inner), isIntroduction: false });
    if (noun?.kind !== "entity" || !noun.isPlural) {
      this.readNoun({ tokens, lead: "start" });
      return;
    }
    this.readNoun({ tokens: tokens.slice(0, inner), lead: "start" });
    this.enter({ subject: noun.entity, mode: "fields" });
    this.readNoun({ tokens: tokens.slice(inner + 1), lead: "start" });
  }

  private readBelonging({ verb, subjectTokens, object, lead }: { verb: PromptVerb; subjectTokens: PromptToken[]; object: PromptToken[]; lead: PromptItem["lead"] }): void {
    const noun = readEntityNoun({ tokens: subjectTokens, isIntroduction: false });
    const continuesField = this.mode === "fields" && this.subject !== null && noun?.kind === "entity" && !noun.isPlural && articles.test(lowerWords(subjectTokens)[0] ?? "");
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
  private readAttribute({ verb, subjectTokens, object, isRelative }: { verb: PromptVerb; subjectTokens: PromptToken[]; object: PromptToken[]; isRelative: boolean }): void {
    const words = lowerWords(object);
    const field = subjectTokens.length === 0 && isRelative ? this.lastField : this.findAttributeField({ subjectTokens, canBeNew: verb.kind === "values" && !isQualifier(object) });
    if (field === null) {
      if (subjectTokens.length > 0) this.mode = "none";
      return;
    }
    this.lastField = field;
    if (isQualifier(object)) qualifyField({ field, tokens: object });
    else if (verb.kind === "values") this.beginValues(object);
    else if (articles.test(words[0] ?? "")) this.readStatedType({ field, object });
    else if (field.isEnum || findUsualValues({ entityName: this.subject ?? "", fieldName: field.name }) !== null) this.beginValues(object);
  }

  private readStatedType({ field, object }: { field: FieldPhrase; object: PromptToken[] }): void {
    const nouns = object.filter((token) => token.kind === "word" && !articles.test(token.text.toLowerCase()));
    const type = findTypeWord(nouns.at(-1)?.text ?? "");
    if (type !== null) {
      field.type = type;
      field.isTypeStated = true;
    } else {
      const entity = toPascalCase(singularizeNoun(nouns.map((token) => token.text).join(" ")));
      if (entity !== "") field.typeName = entity;
      // "An owner, which is a user" describes users; "a note which is a short text" describes nothing.
      if (isPersonEntity(entity)) this.declareEntity({ entity, isWeak: false });
    }
  }

  /** The field that `status`, `the task status` or `status of a task` names. */
  private findAttributeField({ subjectTokens, canBeNew }: { subjectTokens: PromptToken[]; canBeNew: boolean }): FieldPhrase | null {
    const words = lowerWords(subjectTokens).filter((word) => !articles.test(word) && word !== "");
    const of = words.indexOf("of");
    const named = of > 0 ? [...words.slice(of + 1), ...words.slice(0, of)] : words;
    if (named.length === 0 || isPluralNoun(named.at(-1) ?? "") || named.some((word, index) => isConnector({ words: named, index }))) return null;
    for (let start = 0; start < named.length; start += 1) {
      const entity = toPascalCase(singularizeNoun(named.slice(0, start).join(" ").replace(/['’]s$/, "")));
      const name = toSnakeCase(named.slice(start).join(" "));
      const isKnownEntity = this.statements.some((statement) => statement.entity === entity);
      const found = this.findField({ entity: isKnownEntity ? entity : this.subject, name });
      if (found !== null) return found;
      if (canBeNew && isKnownEntity && name !== "") return this.addField({ entity, phrase: tokenize(name) });
    }
    const isEntity = this.statements.some((statement) => statement.entity === toPascalCase(named.join(" ")));
    if (!canBeNew || isEntity || this.subject === null || named.length > 3) return null;
    return this.addField({ entity: this.subject, phrase: tokenize(named.join(" ")) });
  }

  /** `many-to-many with tags`, `foreign key to projects`. */
  private readNamedRelation(tokens: PromptToken[]): boolean {
    const text = tokens.map((token) => (token.kind === "word" ? token.text : "")).join(" ");
    const match =
      /\b(many.to.many|one.to.many|many.to.one|one.to.one|foreign key|fk)\b(?:\s+(?:relation(?:ship)?s?|link))?\s+(?:with|to|for|on|between)\s+(.+)$/i.exec(text);
    if (match?.[1] === undefined || match[2] === undefined) return false;
    const noun = readEntityNoun({ tokens: tokenize(text.slice(0, match.index).replace(/\b(?:have|has|with|are|is|in|via)\b.*$/i, "")), isIntroduction: false });
    if (noun?.kind === "entity" && noun.isPlural) this.enter({ subject: noun.entity, mode: "fields" });
    const target = readEntityNoun({ tokens: tokenize(match[2]), isIntroduction: false });
    if (this.subject === null || target?.kind !== "entity") return true;
    const relation = { entity: this.subject, target: target.entity, line: this.line };
    const name = match[1].toLowerCase().replace(/[^a-z]+/g, "-");
    if (name === "many-to-many") this.statements.push({ kind: "many-to-many", ...relation });
    else if (name === "one-to-many") this.statements.push({ kind: "has-many", ...relation });
    else if (name === "one-to-one") this.addHasOne({ ...relation, tokens: tokenize(target.entity) });
    else this.statements.push({ kind: "belongs-to", ...relation, role: null, isOptional: false, isTentative: false });
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
    const quantity = words.findIndex((word) => !manyWords.has(word) && !/^(?:of|or|any|number|a|an|can|also|zero|exactly|only|one)$/.test(word));
    const counted = words.slice(0, Math.max(0, quantity));
    const isMany = counted.some((word) => manyWords.has(word)) || (counted.includes("any") && counted.includes("number"));
    const noun = quantity === -1 ? null : readEntityNoun({ tokens: tokens.slice(quantity), isIntroduction: false });
    const isPlural = noun?.kind === "entity" && noun.isPlural;
    if (noun?.kind === "entity" && ((isMany && isPlural) || (this.mode === "has-many" && isPlural))) {
      this.mode = "has-many";
      this.statements.push({ kind: "has-many", entity, target: noun.entity, line: this.line });
      this.readGroups({ entity: noun.entity, tokens });
    } else if (noun?.kind === "entity" && counted.at(-1) === "one" && !isMany) {
      this.addHasOne({ entity, target: noun.entity, tokens: tokens.slice(quantity) });
    } else if (noun?.kind === "entity" && (noun.isPlural || noun.isCapitalised) && this.holdsFields(tokens)) {
      this.readEntityMention(tokens);
    } else {
      this.mode = "fields";
      this.readFieldItem({ entity, tokens });
    }
  }

  private readFieldItem({ entity, tokens }: { entity: string; tokens: PromptToken[] }): void {
    const words = lowerWords(tokens);
    const of = words.findIndex((word, index) => index > 0 && /^(?:of|among|from|in)$/.test(word));
    const name = toSnakeCase(words.slice(0, Math.max(0, of)).filter((word) => !articles.test(word)).join(" "));
    const isChoice = of > 0 && !articles.test(words[of + 1] ?? "") && !/^\d/.test(words[of + 1] ?? "") && findUsualValues({ entityName: entity, fieldName: name }) !== null;
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

  private addHasOne({ entity, target, tokens }: { entity: string; target: string; tokens: readonly PromptToken[] }): void {
    const field = readFieldPhrase(tokens);
    if (field === null) return;
    this.statements.push({ kind: "has-one", entity, target, field, line: this.line });
    this.lastField = field;
  }

  private addField({ entity, phrase }: { entity: string; phrase: readonly PromptToken[] }): FieldPhrase | null {
    const field = readFieldPhrase(phrase);
    if (field === null) return null;
    if (field.name === "timestamps") {
      for (const name of ["created at", "updated at"]) this.addField({ entity, phrase: tokenize(name) });
      return null;
    }
    if (ignoredFieldNames.has(field.name) || (featureNouns.has(field.name) && !field.isTypeStated)) return null;
    this.statements.push({ kind: "field", entity, field, line: this.line });
    this.lastField = field;
    return field;
  }

  /** `and to a product`, `and a doctor`: what reads like a field is one, unless an entity of that name is described. */
  private continueBelonging({ tokens, lead }: PromptItem): void {
    const words = lowerWords(tokens);
    const isRepeated = words[0] === "to";
    const rest = isRepeated ? tokens.slice(1) : tokens;
    const name = toSnakeCase(lowerWords(rest).filter((word) => !articles.test(word)).join(" "));
    const isFieldLike = lead !== "and" || !articles.test(words[0] ?? "") || guessFieldType(name) !== "string" || plainFieldNouns.has(name.split("_").at(-1) ?? "");
    this.addBelonging({ tokens: rest, role: null, isTentative: !isRepeated && isFieldLike });
  }

  private addBelonging({ tokens, role, isTentative }: { tokens: PromptToken[]; role: string | null; isTentative: boolean }): void {
    if (this.subject === null) return;
    const words = lowerWords(tokens);
    const as = words.indexOf("as");
    const target = readEntityNoun({ tokens: as > 0 ? tokens.slice(0, as) : tokens, isIntroduction: false });
    if (target?.kind !== "entity") return;
    if (target.isPlural && words.some((word) => manyWords.has(word))) {
      this.statements.push({ kind: "many-to-many", entity: this.subject, target: target.entity, line: this.line });
      return;
    }
    const namedRole = as > 0 ? toSnakeCase(words.slice(as + 1).filter((word) => !articles.test(word)).join(" ")) : "";
    this.statements.push({
      kind: "belongs-to",
      entity: this.subject,
      target: target.entity,
      role: namedRole || role,
      isOptional: words.includes("optional") || words.includes("optionally"),
      isTentative,
      line: this.line,
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
    const isValue = words.length > 0 && words.length <= 3 && !articles.test(words[0]?.toLowerCase() ?? "") && !words.includes(":");
    if (!isValue || this.lastField === null) return false;
    const values = words.join(" ").split(/[/|]/).map(toSnakeCase);
    addTo({ field: this.lastField, values });
    // "todo, doing or done" is finished by its conjunction; what follows continues the list around it.
    if (lead === "or" || lead === "and") this.mode = this.modeBeforeValues;
    return true;
  }

  private readEntityMention(tokens: PromptToken[]): void {
    const words = lowerWords(tokens);
    const noun = readEntityNoun({ tokens, isIntroduction: this.isIntroduction });
    if (noun === null || noun.kind === "pronoun") return;
    if (noun.kind === "application") {
      this.domain = noun.domain;
      if (this.mode === "none") this.mode = "entities";
      return;
    }
    const outerMode = this.mode;
    const isManaged = words.some((word, index) => managingWords.has(word) && index < words.length - 1 && isConnector({ words, index }));
    const isNamed = noun.isPlural || noun.isCapitalised || tokens.some((token) => token.kind === "group");
    if (outerMode === "entities" && !isNamed) {
      if (this.domain !== null) this.addField({ entity: this.domain, phrase: tokens });
      return;
    }
    const isAdded = imperatives.has(words[0] ?? "") && words.some((word) => /^(?:entity|model|table|resource)$/.test(word));
    this.subject = noun.entity;
    this.lastField = null;
    const isStrong = outerMode !== "none" || isAdded || (isManaged && noun.isPlural);
    if (isStrong || noun.isPlural) this.declareEntity({ entity: noun.entity, isWeak: !isStrong });
    if (isManaged && noun.isPlural) this.mode = "entities";
    if (outerMode === "fields") this.mode = "entities";
    this.readGroups({ entity: noun.entity, tokens });
  }

  /** The fields in parentheses behind an entity. */
  private readGroups({ entity, tokens }: { entity: string; tokens: readonly PromptToken[] }): void {
    for (const token of tokens) {
      if (token.kind !== "group") continue;
      const outerMode = this.mode;
      this.enter({ subject: entity, mode: "fields" });
      this.readList(token.text.replace(/[;\n]/g, ", "));
      this.mode = outerMode;
      this.subject = entity;
    }
  }

  /** True for `orders (customer, total)`, false for `sizes (s, m, l)`. */
  private holdsFields(tokens: readonly PromptToken[]): boolean {
    const group = tokens.find((token) => token.kind === "group");
    if (group === undefined) return false;
    const parts = splitItems(tokenize(group.text));
    return parts.length > 1 || group.text.includes(":");
  }
}

function addTo({ field, values }: { field: FieldPhrase; values: readonly string[] }): void {
  field.values = [...new Set([...field.values, ...values.filter((value) => value !== "")])];
  field.isEnum = true;
  field.isList = false;
}

/** The lower-case words of tokens, with an empty string for a group so that indexes agree. */
function lowerWords(tokens: readonly PromptToken[]): string[] {
  return tokens.map((token) => (token.kind === "word" ? token.text.toLowerCase() : ""));
}

function startsPlural(tokens: readonly PromptToken[]): boolean {
  const words = lowerWords(tokens).filter((word) => word !== "");
  return !articles.test(words[0] ?? "") && isPluralNoun(words.at(-1) ?? "");
}
