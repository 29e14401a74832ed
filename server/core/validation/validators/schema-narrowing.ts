import type { CodeEntity, CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { SchemaChange } from "#lib/contracts/comparisons/schema-diff.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { diffCodeSchemas } from "../../schema-diff/diff-code-schemas.ts";
import { assembleCodeSchema } from "../../schema-extraction/assemble-code-schema.ts";
import { extractFileFacts } from "../../schema-extraction/extract-file-facts.ts";
import { isSchemaSource } from "../../schema-extraction/is-schema-source.ts";
import { splitWords } from "../loss/substitution.ts";
import type { ChangedFile, ValidationInput, Validator } from "../validator.ts";

/** A sentence about the values of an entity's fields requests such a change, even without naming the field. */
const aboutTypes =
  /\b(?:requir\w*|mandatory|nullable|optional|not null|non-null|types?|typed|stricter|narrow\w*|limit\w*|length|max\w*|shorten\w*|constraints?|enums?|migrat\w*|convert\w*)\b/i;

/**
 * Table fields that accept less than before without a request: a narrower type, or required instead of optional. Stored
 * values may no longer fit. Removed fields are reported by lost symbols.
 */
export const schemaNarrowing: Validator = {
  name: "schema-narrowing",
  applies: (input) => listCompared(input).length > 0,
  validate(input) {
    const compared = listCompared(input);
    const before = readSchema({
      input,
      texts: compared.map(({ path, previousPath = path, before: text }) => [previousPath, text ?? ""]),
    });
    const after = readSchema({ input, texts: compared.map(({ path, after: text }) => [path, text]) });
    const { fields } = diffCodeSchemas({ before, after, prompt: input.prompt });
    const places = new Set<string>();
    return fields.flatMap((change): ValidationIssue[] => {
      const entity = findTable({ change, schema: after });
      const place = `${change.path}:${change.line}`;
      if (change.change === "removed" || !change.isDestructive || entity === null || places.has(place)) return [];
      if (isAskedFor({ change, entity, prompt: input.prompt })) return [];
      // A field that several tables inherit is one finding.
      places.add(place);
      const { path, line, name, detail = "" } = change;
      const message = `${name} takes less than before (${detail}): stored values may no longer fit, and you did not ask for it.`;
      return [{ validator: "schema-narrowing", severity: "strong", path, line, message }];
    });
  },
};

function listCompared({ changedFiles }: ValidationInput): ChangedFile[] {
  return changedFiles.filter(({ path, before }) => before !== null && isSchemaSource(path));
}

function readSchema({
  input: { sourceParser },
  texts,
}: {
  input: ValidationInput;
  texts: readonly (readonly [FilePath, string])[];
}): CodeSchema {
  return assembleCodeSchema(
    new Map(
      texts.flatMap(([path, text]) => {
        const facts = extractFileFacts({ path, text, parser: sourceParser });
        return facts === null ? [] : [[path, facts] as const];
      }),
    ),
  );
}

function findTable({ change, schema }: { change: SchemaChange; schema: CodeSchema }): CodeEntity | null {
  return (
    schema.entities.find(
      ({ name, kind, isExample, fields }) =>
        kind === "table" &&
        isExample !== true &&
        fields.some(
          (field) =>
            `${name}.${field.name}` === change.name && field.path === change.path && field.line === change.line,
        ),
    ) ?? null
  );
}

/** The prompt names the field, or mentions the values of the entity's fields. */
function isAskedFor({ change, entity, prompt }: { change: SchemaChange; entity: CodeEntity; prompt: string }): boolean {
  const said = ` ${splitWords(prompt).join(" ")} `;
  const names = (name: string) =>
    said.includes(` ${splitWords(name).join(" ")} `) || said.includes(` ${splitWords(name).join(" ")}s `);
  const fieldNames = [change.name, change.previousName ?? change.name].map((name) => name.slice(name.indexOf(".") + 1));
  return fieldNames.some(names) || (aboutTypes.test(prompt) && names(entity.name));
}
