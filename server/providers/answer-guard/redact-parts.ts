import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { filterSecrets, SecretFilter } from "./secret-filter.ts";

type Part = LanguageModelV4StreamPart;
type Delta = Extract<Part, { delta: string }>;
type DeltaType = Delta["type"];

const deltaTypeByEnd: Readonly<Partial<Record<Part["type"], DeltaType>>> = {
  "text-end": "text-delta",
  "reasoning-end": "reasoning-delta",
  "tool-input-end": "tool-input-delta",
};

/**
 * Removes secrets from the parts of an answer: from streamed text with a window over the pieces, from other parts
 * directly.
 */
export function redactParts({ patterns }: { patterns: readonly string[] }): TransformStream<Part, Part> {
  const open = new Map<string, { filter: SecretFilter; type: DeltaType; id: string }>();
  const redactText = (text: string) => filterSecrets({ text, patterns, form: "text" });
  const redactJson = (text: string) => filterSecrets({ text, patterns, form: "json" });

  const filterOf = ({ type, id }: { type: DeltaType; id: string }) => {
    const key = `${type} ${id}`;
    const known = open.get(key);
    if (known !== undefined) return known.filter;
    const filter = new SecretFilter({ patterns, form: type === "tool-input-delta" ? "json" : "text" });
    open.set(key, { filter, type, id });
    return filter;
  };
  const close = ({ key, controller }: { key: string; controller: TransformStreamDefaultController<Part> }) => {
    const closed = open.get(key);
    if (closed === undefined) return;
    open.delete(key);
    const delta = closed.filter.end();
    if (delta !== "") controller.enqueue({ type: closed.type, id: closed.id, delta });
  };

  return new TransformStream({
    transform(original, controller) {
      const part = redactFields({ part: original, redactText, redactJson });
      if (isDelta(part)) {
        const delta = filterOf(part).push(part.delta);
        // An empty piece can carry metadata that the provider needs back, such as a signature.
        if (delta !== "" || part.providerMetadata !== undefined) controller.enqueue({ ...part, delta });
        return;
      }
      const endedType = deltaTypeByEnd[part.type];
      if (endedType !== undefined && "id" in part) close({ key: `${endedType} ${part.id}`, controller });
      if (part.type === "finish") for (const key of open.keys()) close({ key, controller });
      controller.enqueue(part);
    },
  });
}

function isDelta(part: Part): part is Delta {
  return "delta" in part;
}

/** A copy of a part with secrets removed from all strings except the delta. */
function redactFields<Fields extends Part>({
  part,
  redactText,
  redactJson,
}: {
  part: Fields;
  redactText: (text: string) => string;
  redactJson: (text: string) => string;
}): Fields {
  // Errors are redacted when they are classified.
  if (part.type === "error" || part.type === "raw") return part;
  const entries = Object.entries(part).map(([name, value]: [string, unknown]): [string, unknown] => {
    if (name === "delta" || name === "type") return [name, value];
    if (name === "providerMetadata" && value !== undefined)
      return [name, JSON.parse(redactJson(JSON.stringify(value))) as unknown];
    if (typeof value !== "string") return [name, value];
    return [name, name === "input" ? redactJson(value) : redactText(value)];
  });
  return Object.fromEntries(entries) as unknown as Fields;
}
