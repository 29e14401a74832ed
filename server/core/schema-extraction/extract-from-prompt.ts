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
 * Reads the entities that a prompt describes, by rules and without a model: the same prompt always gives the same
 * schema. Where it describes none, `entities` is empty. Never throws.
 *
 * The normal form, which generators build on:
 *
 * - Every `path` is `prompt`; `line` is the prompt's line, from 1. `routes` and `exports` are empty.
 * - `entities` stand in the order of their first mention. `name` is PascalCase singular and unique (`OrderItem`),
 *   `tableName` is snake_case plural (`order_items`), `origin` is `prompt`. A class name that Python or TypeScript has
 *   itself gets the suffix `Item` (`ListItem`). No entity is without a field: where the prompt names none it gets the
 *   usual ones (prompt/usual-choices.ts), at least `name`.
 * - `fields` stand in the order of mention; a reference that follows from the other side's "has many" stands last. `name`
 *   matches `[a-z][a-z0-9_]*`, is unique in its entity and no keyword of Python or TypeScript (such a name gets the
 *   suffix `_value`). `type` is one of `promptFieldTypes` or `enum:<name>`. `isList` is set for lists of plain values
 *   only. `defaultValue` is the plain text of the value: `0`, `false`, `todo`.
 * - A primary key `id` is implied and never listed; `isPrimaryKey` is always false. Timestamps are listed only where
 *   named.
 * - Relations come in pairs, one for each side, and `fieldName` is snake_case and unique in its entity, also among
 *   fields:
 *
 *   - belongs to: the many side has the reference field `<role>_id` with `references: "<Entity>"` and type `integer` (a
 *     generator puts its own key type there) and the relation `<role>`, cardinality one; the other side has the relation
 *     named like the plural of the many side (`tasks`), cardinality many. The role is the entity's name (`project`) or
 *     the prompt's word for it (`assignee`). Where two roles lead to one entity, the other side's names are prefixed with
 *     the role: `assignee_tasks`, `reporter_tasks`.
 *   - one to one: the same, with a unique reference field and cardinality one on both sides.
 *   - many to many: cardinality many on both sides and no reference field; a generator makes the link table. A self
 *     reference (`parent`) has the reverse relation `child_<plural>`, and its reference field is optional.
 * - `enums`: `name` is the entity's and the field's name (`TaskStatus`), `values` are snake_case and at least one. Where
 *   the prompt names no values, usual ones are chosen and the field's `defaultValue` is the first of them; where it
 *   does name them, a `defaultValue` is set only if the prompt states it.
 */
export function extractSchemaFromPrompt(prompt: string): CodeSchema {
  return buildPromptSchema(readPrompt(prompt));
}
