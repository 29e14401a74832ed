import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact } from "../extract-file-facts.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { spell } from "./spell-node.ts";
import {
  findScriptLanguage,
  isScriptPath,
  listDeclarators,
  listProperties,
  listTopLevel,
  readCallChain,
  readText,
  type CallStep,
  type Declarator,
} from "./typescript-syntax.ts";

const objectSteps: ReadonlySet<string> = new Set([
  "object",
  "strictObject",
  "looseObject",
  "interface",
  "extend",
  "safeExtend",
  "augment",
]);

/** Top-level constants that hold a zod object or enum. */
export const zodExtractor: FactExtractor = {
  name: "zod",
  handles: isScriptPath,
  extract({ path, text, parser }) {
    const language = findScriptLanguage(path);
    if (language === null || !text.includes("zod")) return {};
    return parser.withTree({ language, text }, (root) => {
      const declarators = listDeclarators(listTopLevel(root));
      return {
        entities: declarators.flatMap((declarator) => readObject({ declarator, path }) ?? []),
        enums: declarators.flatMap((declarator) => readEnum({ declarator, path }) ?? []),
      };
    });
  },
};

/** `z.object({…})` with all that is chained to it, and `other.extend({…})`, which has the fields it adds. */
function readObject({ declarator, path }: { declarator: Declarator; path: FilePath }): EntityFact | null {
  const chain = readCallChain(declarator.value);
  if (chain === null) return null;
  const isObject =
    chain.root === "z"
      ? objectSteps.has(chain.steps[0]?.name ?? "")
      : chain.steps.some((step) => /^(?:extend|safeExtend)$/.test(step.name));
  if (!isObject) return null;
  const shapes = chain.steps.flatMap((step) => (objectSteps.has(step.name) ? listProperties(step.args?.[0]) : []));
  if (shapes.length === 0) return null;
  const fields = shapes.map(({ name, value, line }) => readField({ name, value, line, path }));
  return { name: declarator.name, origin: "zod", fields, bases: [], isCertain: true, path, line: declarator.line };
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
