import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { BaseFact, EntityFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { spell } from "../spell-node.ts";
import {
  listDeclarators,
  listBaseImports,
  listProperties,
  listTopLevel,
  readCallChain,
  readText,
  type CallStep,
  type Declarator,
} from "./typescript-syntax.ts";

/** Deeper nested objects are malicious. */
const maxNesting = 20;
const objectSteps: ReadonlySet<string> = new Set(["object", "strictObject", "looseObject", "interface"]);
const extensions: ReadonlySet<string> = new Set(["extend", "safeExtend", "augment", "setKey"]);
const algebra = /\.\s*(?:pick|omit|partial|required|extend|safeExtend|augment|merge|and)\s*\(/;

/** Top-level constants with a zod object or enum, and everything derived from other objects. */
export const zodExtractor = scriptExtractor({
  name: "zod",
  isWanted: ({ text }) => text.includes("zod") || algebra.test(text),
  read({ root, path, text }) {
    const declarators = listDeclarators(listTopLevel(root));
    const entities = declarators.flatMap((declarator) => readEntity({ declarator, path, text }) ?? []);
    return {
      entities,
      enums: declarators.flatMap((declarator) => readEnum({ declarator, path }) ?? []),
      imports: listBaseImports({ root, entities }),
    };
  },
});

/** The fields that an object adds, and the objects that it derives from. */
type Shape = { fields: CodeField[]; bases: BaseFact[] };

function readEntity({
  declarator,
  path,
  text,
}: {
  declarator: Declarator;
  path: FilePath;
  text: string;
}): EntityFact | null {
  const shape = readShape({ expression: declarator.value, path, depth: 0 });
  if (shape === null || shape.fields.length + shape.bases.length === 0) return null;
  return {
    name: declarator.name,
    origin: "zod",
    ...shape,
    family: "zod",
    // Without its own fields it is an object only if its source is one: `_.pick(…)` is not.
    declaredAs: shape.fields.length > 0 && text.includes("zod") ? "entity" : "subclass",
    path,
    line: declarator.line,
  };
}

/**
 * Follows a chain from its first object: `z.object({…}).omit({…}).partial()`, `other.extend({…})`. Null if it is not an
 * object.
 */
function readShape({
  expression,
  path,
  depth,
}: {
  expression: Node | null;
  path: FilePath;
  depth: number;
}): Shape | null {
  const chain = readCallChain(expression);
  if (chain === null || depth > maxNesting) return null;
  const start = chain.root === "z" || chain.root === "zod" ? 0 : chain.steps.findIndex((step) => step.args !== null);
  const first = chain.steps[start];
  if (first === undefined) return null;
  let shape: Shape;
  let rest: CallStep[];
  if (chain.root === "z" || chain.root === "zod") {
    const made = readStart({ step: first, path, depth });
    if (made === null) return null;
    shape = made;
    rest = chain.steps.slice(1);
  } else {
    rest = chain.steps.slice(start);
    if (!rest.some(({ name }) => algebra.test(`.${name}(`))) return null;
    shape = {
      fields: [],
      bases: [{ name: [chain.root, ...chain.steps.slice(0, start).map(({ name }) => name)].join(".") }],
    };
  }
  return rest.reduce((current, step) => applyStep({ shape: current, step, path, depth }), shape);
}

/** `object({…})`, `union([…])` and `intersection(a, b)` start a shape. */
function readStart({ step, path, depth }: { step: CallStep; path: FilePath; depth: number }): Shape | null {
  const args = step.args ?? [];
  if (objectSteps.has(step.name)) return readLiteral({ object: args[0], path });
  if (step.name === "intersection")
    return joinShapes(args.map((argument) => readOperand({ node: argument, path, depth })));
  if (step.name !== "union" && step.name !== "discriminatedUnion") return null;
  const options = args.find((argument) => argument.type === "array")?.namedChildren ?? [];
  return uniteShapes(options.map((node) => readOperand({ node, path, depth })));
}

/** An object that is referenced by name or written inline. */
function readOperand({ node, path, depth }: { node: Node; path: FilePath; depth: number }): Shape | null {
  if (/^(?:identifier|member_expression)$/.test(node.type)) return { fields: [], bases: [{ name: node.text }] };
  return readShape({ expression: node, path, depth: depth + 1 });
}

function joinShapes(shapes: readonly (Shape | null)[]): Shape {
  return {
    fields: overrideFields(shapes.flatMap((shape) => shape?.fields ?? [])),
    bases: shapes.flatMap((shape) => shape?.bases ?? []),
  };
}

/** A field that some options lack is optional. */
function uniteShapes(shapes: readonly (Shape | null)[]): Shape | null {
  if (shapes.length === 0 || shapes.includes(null)) return null;
  const known = shapes.filter((shape) => shape !== null);
  const counts = Map.groupBy(
    known.flatMap(({ fields }) => fields),
    ({ name }) => name,
  );
  const fields = [...counts.values()].flatMap((same) => {
    const [field] = same;
    const isEverywhere = same.length === known.length && !same.some(({ isOptional }) => isOptional);
    return field === undefined ? [] : [{ ...field, isOptional: !isEverywhere }];
  });
  const isMixed = known.length > 1;
  return {
    fields,
    bases: known.flatMap(({ bases }) => bases.map((base) => (isMixed ? { ...base, isOptional: true } : base))),
  };
}

function applyStep({
  shape,
  step,
  path,
  depth,
}: {
  shape: Shape;
  step: CallStep;
  path: FilePath;
  depth: number;
}): Shape {
  const [argument] = step.args ?? [];
  const keys = listProperties(argument).map(({ name }) => name);
  if (extensions.has(step.name)) return joinShapes([shape, readLiteral({ object: argument, path })]);
  if (step.name === "merge" || step.name === "and")
    return argument === undefined ? shape : joinShapes([shape, readOperand({ node: argument, path, depth })]);
  if (step.name === "pick") {
    return {
      fields: shape.fields.filter(({ name }) => keys.includes(name)),
      bases: shape.bases.map((base) => ({ ...base, only: base.only?.filter((key) => keys.includes(key)) ?? keys })),
    };
  }
  if (step.name === "omit") {
    return {
      fields: shape.fields.filter(({ name }) => !keys.includes(name)),
      bases: shape.bases.map((base) => ({ ...base, without: [...(base.without ?? []), ...keys] })),
    };
  }
  if (/^(?:partial|deepPartial|required)$/.test(step.name))
    return setOptional({ shape, isOptional: step.name !== "required", keys: argument === undefined ? null : keys });
  return shape;
}

/** `partial()` applies to all fields, `partial({ a: true })` to the named ones. */
function setOptional({
  shape,
  isOptional,
  keys,
}: {
  shape: Shape;
  isOptional: boolean;
  keys: readonly string[] | null;
}): Shape {
  const fields = shape.fields.map((field) =>
    keys === null || keys.includes(field.name) ? { ...field, isOptional } : field,
  );
  if (keys === null) return { fields, bases: shape.bases.map((base) => ({ ...base, isOptional })) };
  return {
    fields,
    bases: shape.bases.flatMap((base) => [
      { ...base, without: [...(base.without ?? []), ...keys] },
      { ...base, only: keys.filter((key) => base.only?.includes(key) ?? true), isOptional },
    ]),
  };
}

/** The properties of an object literal; `...other.shape` adds those of another object. */
function readLiteral({ object, path }: { object: Node | undefined; path: FilePath }): Shape {
  const spreads = object?.type === "object" ? object.namedChildren.filter(({ type }) => type === "spread_element") : [];
  if (object?.type === "member_expression" && object.text.endsWith(".shape"))
    return { fields: [], bases: [{ name: object.text.slice(0, -".shape".length) }] };
  return {
    fields: listProperties(object).map(({ name, value, line }) => readField({ name, value, line, path })),
    bases: spreads.flatMap(({ firstNamedChild: spread }) =>
      spread !== null && /^[\w$.]+\.shape$/.test(spread.text) ? [{ name: spread.text.slice(0, -".shape".length) }] : [],
    ),
  };
}

/** A later field replaces an earlier one of the same name. */
function overrideFields(fields: readonly CodeField[]): CodeField[] {
  return [...new Map(fields.map((field) => [field.name, field])).values()];
}

function readField({
  name,
  value,
  line,
  path,
}: {
  name: string;
  value: Node;
  line: number;
  path: FilePath;
}): CodeField {
  const steps = readCallChain(value)?.steps ?? [];
  const has = (pattern: RegExp) => steps.some((step) => pattern.test(step.name));
  const field: CodeField = {
    name,
    type: spell(value),
    isOptional: has(/^(?:optional|nullable|nullish|exactOptional)$/),
    isList: has(/^(?:array|set|tuple)$/),
    isPrimaryKey: false,
    isUnique: false,
    path,
    line,
  };
  const defaultNode = steps.findLast((step) => /^(?:default|prefault)$/.test(step.name))?.args?.[0];
  if (defaultNode !== undefined) field.defaultValue = readText(defaultNode) ?? spell(defaultNode);
  return field;
}

function readEnum({ declarator, path }: { declarator: Declarator; path: FilePath }): CodeEnum | null {
  const chain = readCallChain(declarator.value);
  const [first] = chain?.steps ?? [];
  if (chain?.root !== "z" || first === undefined || (first.name !== "enum" && first.name !== "nativeEnum")) return null;
  const values = listEnumValues(first);
  return values.length === 0 ? null : { name: declarator.name, values, path, line: declarator.line };
}

function listEnumValues(step: CallStep): string[] {
  const [argument] = step.args ?? [];
  if (argument?.type === "array") return argument.namedChildren.flatMap((node) => readText(node) ?? []);
  return listProperties(argument).flatMap(({ value }) => readText(value) ?? []);
}
