import { AppError } from "#lib/errors.ts";
import { readTextBody } from "./read-text-body.ts";

/** Room for a prompt and a context of 100 kB each, with every character escaped. */
const maxJsonBytes = 1_048_576;

/** The JSON object in a request's body. @throws AppError INVALID_INPUT, INPUT_TOO_LARGE */
export async function readJsonBody(request: Request): Promise<Record<string, unknown>> {
  const text = new TextDecoder().decode(
    await readTextBody({ request, maxBytes: maxJsonBytes, limitName: "jsonBytes" }),
  );
  const value = parse(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new AppError({ code: "INVALID_INPUT", message: "The body is not a JSON object. Nothing was changed." });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
