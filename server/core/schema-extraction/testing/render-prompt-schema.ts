import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";

/**
 * Renders a schema read from a prompt as in the fixtures, one line per entity. A field is `name:type` (without the type
 * for a string), `name(a|b)` for an enum and `name->Target` for a reference; `[]` marks a list, `?` optional, `!`
 * unique, `=` the default. `<>Target` is a many-to-many relation, shown on both sides.
 */
export function renderPromptSchema({ entities, relations, enums }: CodeSchema): string {
  return entities
    .map(({ name, fields }) => {
      const parts = fields.map((field) => {
        const values = enums.find((each) => field.type === `enum:${each.name}`)?.values;
        const type =
          field.references !== undefined
            ? `->${field.references}`
            : values !== undefined
              ? `(${values.join("|")})`
              : field.type === "string"
                ? ""
                : `:${field.type}`;
        const marks = `${field.isList ? "[]" : ""}${field.isOptional ? "?" : ""}${field.isUnique ? "!" : ""}`;
        return `${field.name}${type}${marks}${field.defaultValue === undefined ? "" : `=${field.defaultValue}`}`;
      });
      const shared = entities.flatMap((target) => {
        const many = relations.filter(
          ({ fromEntity, toEntity, cardinality }) =>
            fromEntity === name && toEntity === target.name && cardinality === "many",
        );
        // Each reference of the target has its other side among them.
        return many.slice(target.fields.filter(({ references }) => references === name).length);
      });
      return `${name}: ${[...parts, ...shared.map(({ toEntity }) => `<>${toEntity}`)].join(", ")}`;
    })
    .join("\n");
}
