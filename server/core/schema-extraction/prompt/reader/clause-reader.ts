import { singularizeNoun } from "../../inflect-noun.ts";
import { isArticle, lowerWords, startsPlural } from "../clause-words.ts";
import { findAttributeField } from "../find-attribute-field.ts";
import { readAssociation } from "../read-association.ts";
import { asksForBehaviour, namesFeature } from "../request-phrases.ts";
import { findVerb, type PromptVerb } from "../find-verb.ts";
import { findTypeWord } from "../guess-field-type.ts";
import { toPascalCase } from "../name-case.ts";
import { isPersonEntity, readEntityNoun } from "../read-entity-noun.ts";
import { isQualifier, qualifyField, type FieldPhrase } from "../read-field-phrase.ts";
import { readRelationPhrase } from "../read-relation-phrase.ts";
import { tokenize, type PromptItem, type PromptToken } from "../split-prompt.ts";
import { findUsualValues } from "../build/usual-choices.ts";
import type { Talk } from "./talk.ts";
import { NounReader } from "./noun-reader.ts";
import { choiceWords } from "./choice-words.ts";

const relativePronouns = /^(?:that|which|who|where|whose)$/;

/** Reads clauses: what a verb states about an entity or a field. */
export class ClauseReader {
  readonly #talk: Talk;
  readonly #nouns: NounReader;

  constructor({ talk, readList }: { talk: Talk; readList: (text: string) => void }) {
    this.#talk = talk;
    this.#nouns = new NounReader({ talk, readList });
  }

  readClause({ tokens, lead }: PromptItem): void {
    const words = lowerWords(tokens);
    const text = words.join(" ").trim();
    if (asksForBehaviour(text) || (namesFeature(text) && this.#talk.mode !== "values")) {
      this.#talk.startList("none");
      return;
    }
    const relative = words.findIndex(
      (word, index) =>
        relativePronouns.test(word) &&
        (findVerb(words.slice(index + 1)) !== null ||
          readAssociation({ tokens: tokens.slice(index + 1), hasSubject: false }) !== null),
    );
    if (relative === -1) {
      this.#readSimpleClause({ tokens, lead, isRelative: false });
      return;
    }
    const before = tokens.slice(0, relative);
    if (before.length > 0) this.#readSimpleClause({ tokens: before, lead, isRelative: false });
    this.#readSimpleClause({ tokens: tokens.slice(relative + 1), lead: "start", isRelative: true });
  }

  #readSimpleClause({ tokens, lead, isRelative }: PromptItem & { isRelative: boolean }): void {
    if (this.#readNamedRelation(tokens) || this.#readAct({ tokens, lead })) return;
    const verb = findVerb(lowerWords(tokens));
    if (verb === null) {
      this.#nouns.readNoun({ tokens, lead });
      return;
    }
    const subjectTokens = tokens.slice(0, verb.start);
    const object = tokens.slice(verb.end);
    const isFlagName =
      verb.kind === "is" &&
      verb.start === 0 &&
      !isRelative &&
      this.#talk.mode === "fields" &&
      !isQualifier(object) &&
      object.length > 0 &&
      object.length < 3;
    if (isFlagName && !isArticle(lowerWords(object)[0])) {
      // In a list of fields "is featured" is a field name.
      this.#nouns.readNoun({ tokens: [{ kind: "word", text: "is" }, ...object], lead });
      return;
    }
    if (verb.kind === "is" || verb.kind === "values") this.#readAttribute({ verb, subjectTokens, object, isRelative });
    else if (verb.kind === "belongs-to") this.#readBelonging({ verb, subjectTokens, object, lead });
    else this.#readPossession({ verb, subjectTokens, object, lead });
  }

  /** `Members borrow books as loans with a due date`: the loan belongs to both and has the date. */
  #readAct({ tokens, lead }: PromptItem): boolean {
    const hasSubject =
      this.#talk.subject !== null && this.#talk.mode !== "none" && this.#talk.mode !== "entities" && lead !== "start";
    const association = readAssociation({ tokens, hasSubject });
    const subject = association?.subject ?? this.#talk.subject;
    if (association === null || subject === null) return false;
    const { objects, act, isOwning, rest } = association;
    const [object] = objects;
    if (act === null && object !== undefined) {
      this.#talk.enter({ subject: isOwning ? object : subject, mode: "fields" });
      this.#talk.log.add({ kind: isOwning ? "has-many" : "many-to-many", entity: subject, target: object });
    } else if (act !== null) {
      this.#talk.enter({ subject: act, mode: "fields" });
      for (const target of [subject, ...objects])
        this.#talk.log.add({
          kind: "belongs-to",
          entity: act,
          target,
          role: null,
          isOptional: false,
          isTentative: false,
        });
    }
    if (act !== null && rest[0]?.kind === "group") this.#nouns.readGroups({ entity: act, tokens: rest.splice(0, 1) });
    if (rest.length > 0) this.#readSimpleClause({ tokens: rest, lead: "and", isRelative: false });
    return true;
  }

  /** `products have a name`, `orders with a quantity`, `an app with products`. */
  #readPossession({
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
        this.#talk.isIntroduction && (verb.kind === "with" || startsPlural(object))
          ? "introduction"
          : verb.kind === "has" && verb.end === verb.start + 1
            ? "owner"
            : "clause",
    });
    if (noun === null) {
      this.#talk.mode = "none";
      return;
    }
    const isOwnField =
      this.#talk.mode === "fields" &&
      this.#talk.subject !== null &&
      verb.kind === "with" &&
      noun.kind === "entity" &&
      !noun.isPlural &&
      !noun.isCapitalised;
    if (isOwnField) {
      this.#nouns.readNoun({ tokens: subjectTokens, lead });
      if (choiceWords.test(lowerWords(object)[0] ?? "")) this.#nouns.beginValues(object);
      return;
    }
    if (noun.kind === "application") {
      this.#talk.domain = noun.domain;
      this.#talk.enter({ subject: null, mode: "entities" });
    } else if (noun.kind === "entity") {
      this.#talk.enter({ subject: noun.entity, mode: "fields" });
      this.#talk.log.declareEntity({ entity: noun.entity, isWeak: true });
      this.#nouns.readGroups({ entity: noun.entity, tokens: subjectTokens });
    } else {
      this.#talk.mode = this.#talk.subject === null ? "entities" : "fields";
    }
    const shared = verb.isShared ? readEntityNoun({ tokens: object, position: "clause" }) : null;
    if (shared?.kind === "entity" && this.#talk.subject !== null) {
      this.#talk.log.add({ kind: "many-to-many", entity: this.#talk.subject, target: shared.entity });
    } else if (object.length > 0) {
      this.#readObject(object);
    }
  }

  /** The objects of "have"; in `several exercises with a name` the fields after "with" belong to the exercise. */
  #readObject(tokens: PromptToken[]): void {
    const words = lowerWords(tokens);
    const inner = words.findIndex(
      (word, index) => index > 0 && (word === "with" || word === "having") && !choiceWords.test(words[index + 1] ?? ""),
    );
    const noun = inner === -1 ? null : readEntityNoun({ tokens: tokens.slice(0, inner), position: "clause" });
    if (noun?.kind !== "entity" || !noun.isPlural) {
      this.#nouns.readNoun({ tokens, lead: "start" });
      return;
    }
    this.#nouns.readNoun({ tokens: tokens.slice(0, inner), lead: "start" });
    this.#talk.enter({ subject: noun.entity, mode: "fields" });
    this.#nouns.readNoun({ tokens: tokens.slice(inner + 1), lead: "start" });
  }

  #readBelonging({
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
      this.#talk.mode === "fields" &&
      this.#talk.subject !== null &&
      noun?.kind === "entity" &&
      !noun.isPlural &&
      isArticle(lowerWords(subjectTokens)[0]);
    if (continuesField && lead !== "start") {
      // "a quantity belonging to a product" in a list of fields: the entity belongs to the product, not its quantity.
      this.#nouns.readNoun({ tokens: subjectTokens, lead });
    } else if (noun?.kind === "entity") {
      this.#talk.enter({ subject: noun.entity, mode: "fields" });
      this.#nouns.readGroups({ entity: noun.entity, tokens: subjectTokens });
    } else if (noun?.kind !== "pronoun") {
      this.#talk.mode = "none";
      return;
    }
    if (this.#talk.subject === null) return;
    this.#talk.mode = "belongs-to";
    const words = lowerWords(object);
    const fields = words.findIndex((word, index) => index > 0 && (word === "with" || word === "having"));
    const targets = fields === -1 ? object : object.slice(0, fields);
    // "links a guest to a room" has two targets.
    const to = words.slice(0, targets.length).indexOf("to");
    this.#nouns.addBelonging({ tokens: to > 0 ? targets.slice(0, to) : targets, role: verb.role, isTentative: false });
    if (to > 0) this.#nouns.addBelonging({ tokens: targets.slice(to + 1), role: null, isTentative: false });
    if (fields === -1) return;
    this.#talk.mode = "fields";
    this.#nouns.readNoun({ tokens: object.slice(fields + 1), lead: "start" });
  }

  /** `status can be todo or done`, `email is unique`, `priority is an integer`. */
  #readAttribute({
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
    // "Owners are users with an email" describes a kind of user, not the owner of a folder.
    const isKind = startsPlural(subjectTokens) && (startsPlural(object) || findVerb(words) !== null);
    const field = isKind
      ? null
      : subjectTokens.length === 0 && isRelative
        ? this.#talk.lastField
        : findAttributeField({
            log: this.#talk.log,
            subject: this.#talk.subject,
            tokens: subjectTokens,
            canBeNew: verb.kind === "values" && !isQualifier(object),
          });
    if (field === null) {
      if (subjectTokens.length > 0) this.#talk.mode = "none";
      // "The main entity is a contract with a title": the contract has the fields.
      if (findVerb(words)?.kind === "with")
        this.#readSimpleClause({ tokens: object, lead: "start", isRelative: false });
      return;
    }
    this.#talk.lastField = field;
    if (isQualifier(object)) qualifyField({ field, tokens: object });
    else if (verb.kind === "values") this.#nouns.beginValues(object);
    else if (isArticle(words[0])) this.#readStatedType({ field, object });
    else if (
      field.isEnum ||
      startsPlural(subjectTokens) ||
      findUsualValues({ entityName: this.#talk.subject ?? "", fieldName: field.name }) !== null
    )
      this.#nouns.beginValues(object);
  }

  #readStatedType({ field, object }: { field: FieldPhrase; object: PromptToken[] }): void {
    const nouns = object.filter((token) => token.kind === "word" && !isArticle(token.text.toLowerCase()));
    const type = findTypeWord(nouns.at(-1)?.text ?? "");
    if (type !== null) {
      field.type = type;
      field.isTypeStated = true;
    } else {
      const entity = toPascalCase(singularizeNoun(nouns.map((token) => token.text).join(" ")));
      if (entity !== "") field.typeName = entity;
      // "An owner, which is a user" describes users; "a note which is a short text" describes nothing.
      if (isPersonEntity(entity)) this.#talk.log.declareEntity({ entity, isWeak: false });
    }
  }

  #readNamedRelation(tokens: PromptToken[]): boolean {
    const relation = readRelationPhrase(tokens);
    if (relation === null) return false;
    if (relation.owner !== null) this.#talk.enter({ subject: relation.owner, mode: "fields" });
    if (this.#talk.subject === null || relation.target === null) return true;
    const sides = { entity: this.#talk.subject, target: relation.target };
    if (relation.kind === "has-one") this.#nouns.addHasOne({ ...sides, tokens: tokenize(relation.target) });
    else if (relation.kind === "belongs-to")
      this.#talk.log.add({ kind: "belongs-to", ...sides, role: null, isOptional: false, isTentative: false });
    else this.#talk.log.add({ kind: relation.kind, ...sides });
    return true;
  }
}
