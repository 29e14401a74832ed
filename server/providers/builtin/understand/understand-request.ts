import type { KnownEntity, RequestIntent } from "../request-intent.ts";
import { splitRequest } from "./split-request.ts";
import { type ClauseContext, understandClause } from "./understand-clause.ts";

export type UnderstoodRequest =
  | { status: "understood"; intents: RequestIntent[] }
  | { status: "unclear"; clauses: string[] };

/** Above any wish that the rules know; reading tries every `and` and every comma, which grows with the square. */
const maxClauseCharacters = 600;
/** A list of wishes that a person writes down stays below; a pasted document does not. */
const maxClauses = 50;

/**
 * Reads a request against the entities of a project. Either every part of it is understood, or none of it is carried
 * out and the parts that were not are given back.
 */
export function understandRequest({
  prompt,
  entities,
}: {
  prompt: string;
  entities: readonly KnownEntity[];
}): UnderstoodRequest {
  const intents: RequestIntent[] = [];
  const unclear: string[] = [];
  let known = [...entities];
  let lastEntity: KnownEntity | null = null;
  const clauses = splitRequest(prompt);
  const tooLong = clauses.find(({ length }) => length > maxClauseCharacters);
  if (tooLong !== undefined || clauses.length > maxClauses)
    return { status: "unclear", clauses: [tooLong ?? clauses[maxClauses] ?? ""] };
  for (const clause of clauses) {
    const read: RequestIntent[] | null = readWithSplits(clause, { entities: known, lastEntity });
    if (read === null) {
      unclear.push(clause);
      continue;
    }
    intents.push(...read);
    known = read.reduce(withIntent, known);
    const name = subjectOf(read.at(-1));
    lastEntity = known.find((entity) => entity.name === name) ?? lastEntity;
  }
  if (unclear.length > 0) return { status: "unclear", clauses: unclear };
  return intents.length === 0 ? { status: "unclear", clauses: [prompt.trim()] } : { status: "understood", intents };
}

/**
 * A clause as a whole, or else cut at an `and` into two wishes with the same verb: `add tests for tasks and a
 * Dockerfile`.
 */
function readWithSplits(clause: string, context: ClauseContext): RequestIntent[] | null {
  const whole = understandClause(clause, context);
  if (whole !== null) return whole;
  const verb = /^\w+/.exec(clause)?.[0] ?? "";
  for (const match of clause.matchAll(/,?\s+and\s+(?:also\s+)?|,\s+/gi)) {
    const first = understandClause(clause.slice(0, match.index), context);
    if (first === null) continue;
    const known = first.reduce(withIntent, [...context.entities]);
    const name = subjectOf(first.at(-1));
    const lastEntity = known.find((entity) => entity.name === name) ?? context.lastEntity;
    const second = readWithSplits(`${verb} ${clause.slice(match.index + match[0].length)}`, {
      entities: known,
      lastEntity,
    });
    if (second !== null) return [...first, ...second];
  }
  return null;
}

function subjectOf(intent: RequestIntent | undefined): string | null {
  if (intent === undefined) return null;
  return intent.kind === "add-entity" ? intent.entity.names.className : intent.entity;
}

/** What the project has once an intent is carried out, so that the next clause may speak of it. */
function withIntent(entities: KnownEntity[], intent: RequestIntent): KnownEntity[] {
  switch (intent.kind) {
    case "add-entity": {
      const { names, fields, references } = intent.entity;
      return [
        ...entities,
        {
          name: names.className,
          fields: [...fields.map(({ name }) => name), ...references.map(({ fieldName }) => fieldName)],
        },
      ];
    }
    case "add-fields":
      return entities.map((entity) =>
        entity.name === intent.entity
          ? { ...entity, fields: [...entity.fields, ...intent.fields.map(({ name }) => name)] }
          : entity,
      );
    case "rename-field":
      return entities.map((entity) =>
        entity.name === intent.entity
          ? { ...entity, fields: entity.fields.map((field) => (field === intent.from ? intent.to : field)) }
          : entity,
      );
    default:
      return entities;
  }
}
