import { isPluralNoun, singularizeNoun } from "#server/core/schema-extraction/inflect-noun.ts";
import { toPascalCase, toSnakeCase } from "../entity-names.ts";
import type { KnownEntity, ProjectFileKind, RequestIntent } from "../request-intent.ts";
import { findEntity, findField, stripKindWords } from "./find-entity.ts";
import { readRequestedEntities, readRequestedFields } from "./read-entity-request.ts";

/** The context of a clause: the project's entities, and the subject of the previous clause. */
export type ClauseContext = { entities: readonly KnownEntity[]; lastEntity: KnownEntity | null };

type ClauseRule = (clause: string, context: ClauseContext) => RequestIntent[] | null;

const addVerb =
  /^(?:add|create|include|introduce|implement|insert|write|generate|make|support|build|put)\s+(?:(?:me|us|in)\s+)?/i;
const fieldWord = "(?:fields?|columns?|attributes?|propert(?:y|ies))";

/** The intents of one clause, by the first rule that reads it; null if none does. */
export function understandClause(clause: string, context: ClauseContext): RequestIntent[] | null {
  for (const rule of addsNothing.test(clause) ? changingRules : [...changingRules, ...addingRules]) {
    const intents = rule(clause, context);
    if (intents !== null && intents.length > 0) return intents;
  }
  return null;
}

const readRename: ClauseRule = (clause, context) => {
  const match = /^(?:rename|change the name of)\s+(.+?)\s+(?:to|into|as)\s+(\S+)(?:\s+(?:in|on|of|for)\s+(.+))?$/i.exec(
    clause,
  );
  if (match === null) return null;
  const [, left = "", to = "", place] = match;
  const named = place === undefined ? readFieldOfEntity(left, context) : readFieldIn({ field: left, place, context });
  return named === null || !/^\w+$/.test(to)
    ? null
    : [{ kind: "rename-field", entity: named.entity.name, from: named.field, to }];
};

const readRemoval: ClauseRule = (clause, context) => {
  const rest = /^(?:remove|delete|drop|get rid of)\s+(.+)$/i.exec(clause)?.[1];
  if (rest === undefined) return null;
  const entity = findEntity({ words: rest, entities: context.entities });
  if (entity !== null) return [{ kind: "remove-entity", entity: entity.name }];
  const split = /^(.+?)\s+(?:from|of|on|in)\s+(.+)$/i.exec(rest);
  const owner = split?.[2] === undefined ? null : findEntity({ words: split[2], entities: context.entities });
  if (split?.[1] !== undefined && owner !== null) {
    const fields = splitNames(split[1]).map((words) => findField({ words, entity: owner }));
    return fields.every((field) => field !== null) ? [{ kind: "remove-fields", entity: owner.name, fields }] : null;
  }
  const named = readFieldOfEntity(rest, context);
  return named === null ? null : [{ kind: "remove-fields", entity: named.entity.name, fields: [named.field] }];
};

const fileKinds: readonly { kind: ProjectFileKind; words: string }[] = [
  { kind: "schema", words: "(?:pydantic |zod |api |request |validation )?(?:schemas?|pydantic models?)" },
  { kind: "router", words: "(?:api |crud |http |rest )?(?:routers?|routes?|endpoints?|route handlers?)|crud" },
  { kind: "test", words: "(?:unit |api |integration |automated )?tests?(?: coverage| suite| cases?)?" },
  { kind: "dockerfile", words: "docker ?file|docker(?: support| image| set-?up| configuration)?|containeri[sz]ation" },
];

const readMissingFiles: ClauseRule = (clause, context) => {
  if (/^(?:dockeri[sz]e|containeri[sz]e)\b/i.test(clause))
    return [{ kind: "add-files", fileKind: "dockerfile", entity: null }];
  const rest = (
    addVerb.test(clause) ? clause.replace(addVerb, "") : (/^(.+?)\s+(?:is|are)\s+missing$/i.exec(clause)?.[1] ?? "")
  ).replace(/^(?:(?:the|an?|some|all|any|missing|new|more)\s+)+/i, "");
  if (rest === "") return null;
  if (/^files?$/i.test(rest)) {
    return (["schema", "router", "test"] as const).map((fileKind) => ({ kind: "add-files", fileKind, entity: null }));
  }
  for (const { kind, words } of fileKinds) {
    const tail = "(?:\\s+(?:files?|class(?:es)?|modules?|definitions?))?";
    const behind = new RegExp(`^(?:${words})${tail}(?:\\s+(?:for|of|to|in)\\s+(.+))?$`, "i").exec(rest);
    const before = new RegExp(`^(.+?)\\s+(?:${words})${tail}$`, "i").exec(rest);
    if (behind === null && (before === null || kind === "dockerfile")) continue;
    const target = (behind === null ? before?.[1] : behind[1])?.replace(/^(?:the|missing)\s+/i, "");
    if (
      target === undefined ||
      kind === "dockerfile" ||
      /^(?:all|everything|every|each|the (?:app|api|project|application)|(?:all|every|each) .*|it|them)$/i.test(target)
    ) {
      return [{ kind: "add-files", fileKind: kind, entity: null }];
    }
    const targets = splitNames(target).map(
      (name) =>
        findEntity({ words: name, entities: context.entities })?.name ??
        (kind === "schema" ? toEntityName(name) : null),
    );
    return targets.every((name) => name !== null)
      ? targets.map((entity) => ({ kind: "add-files", fileKind: kind, entity }))
      : null;
  }
  return null;
};

const readPagination: ClauseRule = (clause, context) => {
  const match =
    /^(?:add|implement|support|include|introduce)\s+(?:simple |basic )?(?:pagination|paging|limit and offset|limit\/offset)(?:\s+(?:to|for|on|of|in)\s+(.+))?$/i.exec(
      clause,
    ) ?? /^paginate(?:\s+(.+))?$/i.exec(clause);
  if (match === null) return null;
  return (
    readListEntities({ words: match[1], context })?.map(({ name }) => ({ kind: "add-pagination", entity: name })) ??
    null
  );
};

const readFilter: ClauseRule = (clause, context) => {
  const place = "(?:\\s+(?:to|for|on|in|of)\\s+(.+))?";
  const forms: readonly { pattern: RegExp; fieldGroup: number; entityGroup: number }[] = [
    {
      pattern: new RegExp(
        `^(?:add|implement|support|include)\\s+(?:an?\\s+)?(?:filter(?:s|ing)?|query filters?)\\s+(?:by|on)\\s+(.+?)${place}$`,
        "i",
      ),
      fieldGroup: 1,
      entityGroup: 2,
    },
    {
      pattern: new RegExp(`^(?:add|implement|support|include)\\s+(?:an?\\s+)?(.+?)\\s+filter(?:s|ing)?${place}$`, "i"),
      fieldGroup: 1,
      entityGroup: 2,
    },
    {
      pattern: /^(?:allow |support |enable )?filter(?:ing)?\s+(?:of\s+)?(.+?)\s+by\s+(.+)$/i,
      fieldGroup: 2,
      entityGroup: 1,
    },
    { pattern: /^(?:add|make)\s+(.+?)\s+filterable by\s+(.+)$/i, fieldGroup: 2, entityGroup: 1 },
  ];
  for (const { pattern, fieldGroup, entityGroup } of forms) {
    const match = pattern.exec(clause);
    if (match === null) continue;
    const [entity] = readListEntities({ words: match[entityGroup], context }) ?? [];
    if (entity === undefined) continue;
    const fields = splitNames(match[fieldGroup] ?? "").map((words) => findField({ words, entity }));
    if (fields.length > 0 && fields.every((field) => field !== null))
      return [{ kind: "add-filter", entity: entity.name, fields }];
  }
  return null;
};

const readNewFields: ClauseRule = (clause, context) => {
  const { entities } = context;
  const declared =
    /^(.+?)\s+(?:(?:should|must|may|can|could|will|also)\s+)*(?:have|has|need|needs|get|gets|include|includes|store|stores)\s+(.+)$/i.exec(
      clause,
    );
  const subject = declared?.[1] === undefined ? null : findEntity({ words: declared[1], entities });
  if (subject !== null) return toFieldIntent({ phrase: declared?.[2] ?? "", entity: subject });
  const given = /^(?:give|extend)\s+(.+?)\s+(?:with\s+)?((?:an?|optional|required|the|new)\s+.+)$/i.exec(clause);
  const receiver = given?.[1] === undefined ? null : findEntity({ words: given[1].replace(/\s+with$/i, ""), entities });
  if (receiver !== null) return toFieldIntent({ phrase: given?.[2] ?? "", entity: receiver });
  if (!addVerb.test(clause)) return null;
  const rest = clause.replace(addVerb, "");
  const toFirst = /^to\s+(.+?)\s+((?:an?|optional|the|new)\s+.+)$/i.exec(rest);
  const toFirstEntity =
    toFirst?.[1] === undefined ? null : findEntity({ words: toFirst[1].replace(/,$/, ""), entities });
  if (toFirstEntity !== null) return toFieldIntent({ phrase: toFirst?.[2] ?? "", entity: toFirstEntity });
  return readFieldsToEntity({ rest, context });
};

/** `a priority field to tasks`, `priority and estimate to the task model`, `a status to tasks with values a, b, c`. */
function readFieldsToEntity({ rest, context }: { rest: string; context: ClauseContext }): RequestIntent[] | null {
  for (const match of rest.matchAll(/\s+(?:to|on|for|in|of)\s+/gi)) {
    const phrase = rest.slice(0, match.index);
    const place = rest.slice(match.index + match[0].length);
    const tail = /^(.+?)\s+((?:with|having|which|that|whose)\b.+|\(.+\))$/i.exec(place);
    const entity =
      findEntity({ words: place, entities: context.entities }) ??
      (tail?.[1] === undefined ? null : findEntity({ words: tail[1], entities: context.entities }));
    if (entity === null) continue;
    const detail = findEntity({ words: place, entities: context.entities }) === null ? ` ${tail?.[2] ?? ""}` : "";
    if (namesEntityAfterPreposition({ phrase, context })) return null;
    if (
      looksLikeEntity(phrase) ||
      /\b(?:belong(?:s|ing)?|relate[sd]?|refers?|linked|attached|connected)$/i.test(phrase)
    )
      return null;
    return toFieldIntent({ phrase: phrase + detail, entity });
  }
  const entity = context.entities.length === 1 ? (context.entities[0] ?? null) : context.lastEntity;
  return entity !== null && new RegExp(`\\b${fieldWord}\\b`, "i").test(rest)
    ? toFieldIntent({ phrase: rest, entity })
    : null;
}

/** `a priority to tasks and notes` before `to projects`: two requests, not one. */
function namesEntityAfterPreposition({ phrase, context }: { phrase: string; context: ClauseContext }): boolean {
  return [...phrase.matchAll(/\s(?:to|on|for|in|of)\s+(?:the\s+|each\s+|every\s+|all\s+)?(\w+)/gi)].some(
    (match) => findEntity({ words: match[1] ?? "", entities: context.entities }) !== null,
  );
}

const pluralFieldWords =
  /^(?:notes|details|remarks|tags|labels|keywords|instructions|settings|preferences|hours|minutes|points|views|likes|votes|steps|terms|aliases|dimensions|coordinates|status|address|is_\w+|has_\w+)$/i;

/** `comments` names an entity; `notes`, `a priority` and `priority field` are properties. */
function looksLikeEntity(phrase: string): boolean {
  const words = phrase.trim();
  if (
    /^(?:an?|the|optional|new|required)\s/i.test(words) ||
    new RegExp(`\\b${fieldWord}$`, "i").test(words) ||
    /[,():]|\sand\s/.test(words)
  )
    return false;
  return isPluralNoun(words.toLowerCase()) && !pluralFieldWords.test(words);
}

const readNewEntity: ClauseRule = (clause, context) => {
  const { entities } = context;
  const isDeclared = /^(?:(?:an?|the|each|every)\s+)?\w+(?:\s\w+)?\s+(?:have|has|belongs?|contains?|consists?)\s/i.test(
    clause,
  );
  if (!addVerb.test(clause) && !isDeclared) return null;
  const rest = clause.replace(addVerb, "");
  const related = /^(\w+(?:\s\w+)?)\s+(?:to|on|for)\s+(.+)$/i.exec(rest);
  const parent = related?.[2] === undefined ? null : findEntity({ words: related[2], entities });
  const description =
    related?.[1] !== undefined && parent !== null && looksLikeEntity(related[1])
      ? `${related[1]} that belong to a ${toSnakeCase(parent.name).replaceAll("_", " ")}`
      : rest;
  return readRequestedEntities({ description, entities })?.map((entity) => ({ kind: "add-entity", entity })) ?? null;
};

/** A clause with such a verb that no rule reads must not be taken for an addition. */
const addsNothing =
  /^(?:rename|change|remove|delete|drop|get rid|paginate|filter|replace|move|update|fix|refactor|convert|switch|make|use|deploy|improve|optimi[sz]e)\b/i;

const changingRules: readonly ClauseRule[] = [readRename, readRemoval, readMissingFiles, readPagination, readFilter];
const addingRules: readonly ClauseRule[] = [readNewFields, readNewEntity];

function toFieldIntent({ phrase, entity }: { phrase: string; entity: KnownEntity }): RequestIntent[] | null {
  const fields = readRequestedFields({ phrase, entityName: entity.name });
  return fields.length === 0 ? null : [{ kind: "add-fields", entity: entity.name, fields }];
}

/** `the title field of tasks`, `tasks.title`, `task title`, `the tasks' title column`. */
function readFieldOfEntity(words: string, context: ClauseContext): { entity: KnownEntity; field: string } | null {
  const dotted = /^(\w+)\.(\w+)$/.exec(words.trim());
  if (dotted?.[1] !== undefined && dotted[2] !== undefined)
    return readFieldIn({ field: dotted[2], place: dotted[1], context });
  const placed = /^(.+?)\s+(?:of|in|on|from)\s+(.+)$/i.exec(words);
  if (placed?.[1] !== undefined && placed[2] !== undefined)
    return readFieldIn({ field: placed[1], place: placed[2], context });
  const bare = words.replace(/^(?:the|an?)\s+/i, "").replace(new RegExp(`\\s+${fieldWord}$`, "i"), "");
  const parts = bare.split(/\s+/);
  for (let count = 1; count < parts.length; count += 1) {
    const found = readFieldIn({
      field: parts.slice(count).join(" "),
      place: parts
        .slice(0, count)
        .join(" ")
        .replace(/['’]s?$/, ""),
      context,
    });
    if (found !== null) return found;
  }
  const owners = context.entities.filter((entity) => findField({ words: bare, entity }) !== null);
  const owner = owners.length === 1 ? owners[0] : undefined;
  return owner === undefined ? null : readFieldIn({ field: bare, place: owner.name, context });
}

function readFieldIn({
  field,
  place,
  context,
}: {
  field: string;
  place: string;
  context: ClauseContext;
}): { entity: KnownEntity; field: string } | null {
  const entity = findEntity({ words: place, entities: context.entities });
  const found = entity === null ? null : findField({ words: field, entity });
  return entity === null || found === null ? null : { entity, field: found };
}

function readListEntities({
  words,
  context,
}: {
  words: string | undefined;
  context: ClauseContext;
}): KnownEntity[] | null {
  const { entities, lastEntity } = context;
  if (words === undefined || /^(?:it|them|the list|lists?)$/i.test(words)) {
    const only = entities.length === 1 ? entities[0] : undefined;
    return only !== undefined ? [only] : lastEntity === null ? null : [lastEntity];
  }
  if (/^(?:all|every|each)\b.*\b(?:lists?|routes?|endpoints?|entities|resources?)$|^everything$/i.test(words))
    return [...entities];
  const named = splitNames(words).map(
    (name) =>
      findEntity({ words: name, entities }) ?? findEntity({ words: stripKindWords(stripKindWords(name)), entities }),
  );
  return named.every((entity) => entity !== null) ? named : null;
}

function splitNames(words: string): string[] {
  return words
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+(?:by\s+)?/i)
    .map((name) => name.replace(/^(?:the|by|an?)\s+/i, "").trim())
    .filter((name) => name !== "");
}

function toEntityName(words: string): string | null {
  const bare = stripKindWords(words);
  return /^[A-Za-z][\w -]{0,60}$/.test(bare) ? toPascalCase(singularizeNoun(bare)) : null;
}
