import type { KnownEntity, RequestIntent } from "../request-intent.ts";
import { asksForBehaviour } from "#server/core/schema-extraction/prompt/request-phrases.ts";
import { accountsFor } from "./accounts-for.ts";
import { splitRequest } from "./split-request.ts";
import { type ClauseContext, understandClause } from "./understand-clause.ts";

type UnderstoodRequest = {
  /** The intents, each with the user's words, in order. */
  wishes: { words: string; intents: RequestIntent[] }[];
  /** Parts that no rule reads, in the user's words. */
  notUnderstood: string[];
};

/** Longer than any request that the rules know; reading tries every `and` and every comma, which is quadratic. */
const maxClauseCharacters = 600;
/** Hand-written lists of requests are shorter; a pasted document is not. */
const maxClauses = 50;

/** Interprets a request with a project's entities. A part is only carried out if every word of it is understood. */
export function understandRequest({
  prompt,
  entities,
}: {
  prompt: string;
  entities: readonly KnownEntity[];
}): UnderstoodRequest {
  const request: UnderstoodRequest = { wishes: [], notUnderstood: [] };
  let context: ClauseContext = { entities, lastEntity: null };
  const clauses = splitRequest(prompt);
  const tooLong = clauses.find(({ length }) => length > maxClauseCharacters);
  if (tooLong !== undefined || clauses.length > maxClauses)
    return { wishes: [], notUnderstood: [tooLong ?? clauses[maxClauses] ?? ""] };
  for (const clause of clauses) {
    const { wishes, rest } = readWithSplits(clause, context);
    request.wishes.push(...wishes);
    context = wishes.reduce((before, { intents }) => withIntents(before, intents), context);
    if (rest === "") continue;
    request.notUnderstood.push(rest);
    // "Add an audit trail. Paginate it": an unreadable clause must not refer to an earlier subject.
    context = { ...context, lastEntity: null };
  }
  if (request.wishes.length === 0 && request.notUnderstood.length === 0) request.notUnderstood.push(prompt.trim());
  return request;
}

type ReadClause = { wishes: UnderstoodRequest["wishes"]; rest: string };

/**
 * Reads a clause as a whole, or split at `and` into parts with the same verb: `add tests for tasks and a Dockerfile`.
 * If only its start is understood, the rest is returned.
 */
function readWithSplits(clause: string, context: ClauseContext): ReadClause {
  const whole = readWhole(clause, context);
  if (whole !== null) return { wishes: [whole], rest: "" };
  const verb = /^\w+/.exec(clause)?.[0] ?? "";
  let best: ReadClause = { wishes: [], rest: clause };
  for (const match of clause.matchAll(/,?\s+and\s+(?:also\s+|then\s+)?|,\s+/gi)) {
    const first = readWhole(clause.slice(0, match.index), context);
    if (first === null) continue;
    const tail = clause.slice(match.index + match[0].length);
    const second = readWithSplits(`${verb} ${tail}`, withIntents(context, first.intents));
    if (second.rest === "") return { wishes: [first, ...second.wishes], rest: "" };
    const rest = second.wishes.length === 0 ? tail : second.rest;
    if (best.rest.length > rest.length) best = { wishes: [first, ...second.wishes], rest };
  }
  return best;
}

function readWhole(words: string, context: ClauseContext): UnderstoodRequest["wishes"][number] | null {
  if (asksForBehaviour(words)) return null;
  const intents = understandClause(words, context);
  return intents === null || !accountsFor({ clause: words, intents }) ? null : { words, intents };
}

function withIntents({ entities, lastEntity }: ClauseContext, intents: readonly RequestIntent[]): ClauseContext {
  const known = intents.reduce(withIntent, [...entities]);
  const name = subjectOf(intents.at(-1));
  return { entities: known, lastEntity: known.find((entity) => entity.name === name) ?? lastEntity };
}

function subjectOf(intent: RequestIntent | undefined): string | null {
  if (intent === undefined) return null;
  return intent.kind === "add-entity" ? intent.entity.names.className : intent.entity;
}

/** The project's entities after an intent, so that the next clause can refer to them. */
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
