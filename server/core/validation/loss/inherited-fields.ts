import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { assembleCodeSchema } from "../../schema-extraction/assemble-code-schema.ts";
import { extractFileFacts } from "../../schema-extraction/extract-file-facts.ts";
import { isSchemaSource } from "../../schema-extraction/is-schema-source.ts";
import type { Declaration } from "../declarations/list-declarations.ts";
import type { ValidationInput } from "../validator.ts";

/** The inherited fields of the candidate's entities: a field that a base provides is not lost. */
export class InheritedFields {
  readonly #input: ValidationInput;
  #schema: CodeSchema | null = null;

  constructor(input: ValidationInput) {
    this.#input = input;
  }

  has({ path, declaration: { owner, name, isData } }: { path: FilePath; declaration: Declaration }): boolean {
    if (!isData || owner === undefined) return false;
    this.#schema ??= readSchema(this.#input);
    return this.#schema.entities.some(
      (entity) => entity.name === owner && entity.path === path && entity.fields.some((field) => field.name === name),
    );
  }
}

function readSchema({ changedFiles, untouchedFiles, sourceParser }: ValidationInput): CodeSchema {
  const texts = [...changedFiles.map(({ path, after }) => ({ path, text: after })), ...untouchedFiles];
  return assembleCodeSchema(
    new Map(
      texts.flatMap(({ path, text }) => {
        const facts = isSchemaSource(path) ? extractFileFacts({ path, text, parser: sourceParser }) : null;
        return facts === null ? [] : [[path, facts] as const];
      }),
    ),
  );
}
