import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { extractSchemaFromPrompt } from "./extract-from-prompt.ts";
import { findUnplacedParts } from "./prompt/find-unplaced-parts.ts";

type UnderstoodPrompt = {
  /** The result of `extractSchemaFromPrompt`. */
  schema: CodeSchema;
  /** Parts of the prompt that the schema does not account for, in the user's words and in order. */
  notUnderstood: string[];
};

/** Reads a prompt by rules and reports what was not understood. Never throws. */
export function understandPrompt(prompt: string): UnderstoodPrompt {
  const schema = extractSchemaFromPrompt(prompt);
  return { schema, notUnderstood: findUnplacedParts({ prompt, schema }) };
}
