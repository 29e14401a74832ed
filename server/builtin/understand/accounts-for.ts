import { findUnplacedWords, toWords } from "#server/core/schema-extraction/prompt/find-unplaced-words.ts";
import { singularizeNoun } from "#server/core/schema-extraction/inflect-noun.ts";
import type { PlannedField } from "../project-plan.ts";
import type { RequestIntent } from "../request-intent.ts";

/** Words of a request that name no data: verbs and filler words. */
const wishWords = new Set(
  (
    "add adding also allow bring can cases change class classes consists containerise containerize coverage crud definitions delete dockerise " +
    "dockerize drop each every existing extend file files filter filterable filters filtering first get gets give handlers has have having " +
    "implement in insert introduce into it limit limits make me missing module modules new offset paginate pagination paging please put " +
    "query remove rename rid should simple some store suite support unit us want write automated integration image configuration set up " +
    "app application list lists sort them validation zod pydantic"
  ).split(" "),
);

/** Whether intents account for every word of their clause. */
export function accountsFor({ clause, intents }: { clause: string; intents: readonly RequestIntent[] }): boolean {
  const placed = new Set(
    [...intents.flatMap(listNames), ...wishWords].flatMap((name) =>
      toWords(name).flatMap((word) => [word, singularizeNoun(word)]),
    ),
  );
  return findUnplacedWords({ text: clause, placed }).length === 0;
}

function listNames(intent: RequestIntent): string[] {
  switch (intent.kind) {
    case "add-fields":
      return [intent.entity, ...intent.fields.flatMap(listFieldNames)];
    case "add-entity": {
      const { names, fields, references, links } = intent.entity;
      return [
        names.className,
        ...fields.flatMap(listFieldNames),
        ...references.flatMap(({ fieldName, target }) => [fieldName, target.className]),
        ...links.flatMap(({ fieldName, target }) => [fieldName, target.className]),
      ];
    }
    case "add-files":
      return [intent.fileKind, intent.entity ?? ""];
    case "rename-field":
      return [intent.entity, intent.from, intent.to];
    case "remove-fields":
    case "add-filter":
      return [intent.entity, ...intent.fields];
    case "remove-entity":
    case "add-pagination":
      return [intent.entity];
  }
}

function listFieldNames({ name, enumType, defaultValue }: PlannedField): string[] {
  return [name, ...(enumType?.values ?? []), defaultValue ?? ""];
}
