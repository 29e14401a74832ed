import type { z } from "zod";

type InputPath = readonly (string | number)[];

/** The path of a value in an input. `key` is the name of a record's entry, which the sender chooses as well. */
export type InputLeaf = { path: InputPath; kind: "string" | "number" | "boolean" | "choice" | "any" | "key" };

/** An input that satisfies its schema, with the paths of its values. */
type InputVariant = { sample: unknown; leaves: InputLeaf[] };

type Schema = z.core.$ZodType;
type Definition = { type: string } & Record<string, unknown>;

/** Strings in the formats that inputs require; the first that satisfies the schema is the sample. */
const sampleTexts = ["a.txt", "builtin:scaffold", "0123456789abcdef0123456789abcdef"];

/**
 * Returns inputs that together contain every field of a schema and every option of its unions. It throws at an unknown
 * kind of schema, so that no field is skipped silently.
 */
export function listInputVariants(schema: Schema): InputVariant[] {
  const definition = schema._zod.def as unknown as Definition;
  switch (definition.type) {
    case "object":
      return listObjectVariants(definition["shape"] as Record<string, Schema>);
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "readonly":
    case "catch":
      return listInputVariants(definition["innerType"] as Schema);
    case "pipe":
      return listInputVariants(definition["in"] as Schema);
    case "array":
      return listInputVariants(definition["element"] as Schema).map((variant) => {
        const { leaves } = within({ key: 0, variant });
        // A list with a minimum length repeats the one element.
        const minimums = (schema._zod.def.checks ?? []).map(
          (check) => (check._zod.def as { minimum?: number }).minimum ?? 1,
        );
        return { sample: Array.from({ length: Math.max(1, ...minimums) }, () => variant.sample), leaves };
      });
    case "record":
      return listInputVariants(definition["valueType"] as Schema).map((variant) => {
        const { leaves, sample } = within({ key: "name", variant });
        return { sample, leaves: [...leaves, { path: ["name"], kind: "key" }] };
      });
    case "union":
      return (definition["options"] as Schema[]).flatMap(listInputVariants);
    case "string": {
      const sample = sampleTexts.find((text) => (schema as z.ZodType).safeParse(text).success);
      if (sample === undefined) throw new Error("No sample text fits a string of an input: add one.");
      return [leaf({ sample, kind: "string" })];
    }
    case "number":
      return [leaf({ sample: 1, kind: "number" })];
    case "boolean":
      return [leaf({ sample: true, kind: "boolean" })];
    case "enum":
      return [leaf({ sample: Object.values(definition["entries"] as Record<string, string>)[0], kind: "choice" })];
    case "literal":
      return [leaf({ sample: (definition["values"] as unknown[])[0], kind: "choice" })];
    case "unknown":
    case "any":
      return [leaf({ sample: "anything", kind: "any" })];
    default:
      throw new Error(`Inputs with a schema of the type ${definition.type} are not walked yet: add it here.`);
  }
}

function leaf({ sample, kind }: { sample: unknown; kind: InputLeaf["kind"] }): InputVariant {
  return { sample, leaves: [{ path: [], kind }] };
}

/** Wraps a variant as the only element of a list or object. */
function within({ key, variant }: { key: string | number; variant: InputVariant }): InputVariant {
  return {
    sample: typeof key === "number" ? [variant.sample] : { [key]: variant.sample },
    leaves: variant.leaves.map(({ path, kind }) => ({ path: [key, ...path], kind })),
  };
}

/** The object with the first variant of every field, then one object for each further variant of a field. */
function listObjectVariants(shape: Record<string, Schema>): InputVariant[] {
  const fields = Object.entries(shape).map(([key, schema]) => {
    const [first, ...others] = listInputVariants(schema).map((variant) => within({ key, variant }));
    return { key, first, others };
  });
  const firsts = fields.flatMap(({ first }) => first ?? []);
  const sample = Object.assign({}, ...firsts.map((variant) => variant.sample)) as object;
  return [
    { sample, leaves: firsts.flatMap(({ leaves }) => leaves) },
    ...fields.flatMap(({ others }) =>
      others.map((other) => ({ sample: { ...sample, ...(other.sample as object) }, leaves: other.leaves })),
    ),
  ];
}

/** A copy of `sample` with another value at `path`; for a `key`, with the value under another name. */
export function replaceAt({ sample, leaf, value }: { sample: unknown; leaf: InputLeaf; value: unknown }): unknown {
  const [key, ...rest] = leaf.path;
  if (key === undefined) return value;
  const copy = (Array.isArray(sample) ? [...(sample as unknown[])] : { ...(sample as object) }) as Record<
    string | number,
    unknown
  >;
  if (leaf.kind === "key" && rest.length === 0) {
    const kept = copy[key];
    delete copy[key];
    copy[String(value)] = kept;
  } else copy[key] = replaceAt({ sample: copy[key], leaf: { ...leaf, path: rest }, value });
  return copy;
}
