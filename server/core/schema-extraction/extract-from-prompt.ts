import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { buildPromptSchema } from "./prompt/build/build-prompt-schema.ts";
import { readPrompt } from "./prompt/read-prompt.ts";

/** The types of fields read from a prompt, besides `enum:<name>` where `<name>` is in `enums`. */
export const promptFieldTypes = [
  "string",
  "text",
  "integer",
  "decimal",
  "boolean",
  "date",
  "datetime",
  "uuid",
  "email",
  "url",
  "json",
] as const;
export type PromptFieldType = (typeof promptFieldTypes)[number];

/**
 * Reads the entities that a prompt describes, by rules and without a model. Deterministic. If it describes none,
 * `entities` is empty. Never throws.
 *
 * The normal form, which generators build on:
 *
 * - Every `path` is `prompt`; `line` is the prompt's line, from 1. `routes` and `exports` are empty.
 * - `entities` are sorted by first mention. `name` is PascalCase singular and unique (`OrderItem`), `tableName` is
 *   snake_case plural (`order_items`), `origin` is `prompt`. A class name that is predefined in Python or TypeScript
 *   gets the suffix `Item` (`ListItem`). Every entity has fields: if the prompt names none, it gets the usual ones
 *   (prompt/usual-choices.ts), at least `name`.
 * - `fields` are sorted by mention; a reference that follows from the other side's "has many" is last. `name` matches
 *   `[a-z][a-z0-9_]*`, is unique in its entity and not a keyword of Python or TypeScript (such a name gets the suffix
 *   `_value`). `type` is one of `promptFieldTypes` or `enum:<name>`. `isList` is set for lists of plain values only.
 *   `defaultValue` is the plain text of the value: `0`, `false`, `todo`.
 * - A primary key `id` is implied and never listed; `isPrimaryKey` is always false. Timestamps are listed only if named.
 * - Relations come in pairs, one for each side, and `fieldName` is snake_case and unique in its entity, also among
 *   fields:
 *
 *   - belongs to: the many side has the reference field `<role>_id` with `references: "<Entity>"` and type `integer` (a
 *     generator puts its own key type there) and the relation `<role>`, cardinality one; the other side has the relation
 *     named like the plural of the many side (`tasks`), cardinality many. The role is the entity's name (`project`) or
 *     the prompt's word for it (`assignee`). If two roles refer to one entity, the other side's names are prefixed with
 *     the role: `assignee_tasks`, `reporter_tasks`.
 *   - one to one: the same, with a unique reference field and cardinality one on both sides.
 *   - many to many: cardinality many on both sides and no reference field; a generator adds the link table. A self
 *     reference (`parent`) has the reverse relation `child_<plural>`, and its reference field is optional.
 * - `enums`: `name` is the entity's and the field's name (`TaskStatus`), `values` are snake_case and at least one. If the
 *   prompt names no values, usual ones are chosen and the field's `defaultValue` is the first of them; if it does name
 *   them, a `defaultValue` is set only if the prompt states it.
 */
export function extractSchemaFromPrompt(prompt: string): CodeSchema {
  return buildPromptSchema(readPrompt(prompt));
}
