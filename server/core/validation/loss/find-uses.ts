import type { Node } from "web-tree-sitter";
import { findSourceLanguage, type SourceParser } from "../../syntax/source-parser.ts";

/**
 * How a text uses a name: `free` if nothing in the text binds the name, `member` after a dot or when destructured,
 * `key` if it creates a value with such a member.
 */
export type UsesOfName = { isFree: boolean; isMember: boolean; isKey: boolean };

/**
 * How a Python, TypeScript or JavaScript text uses each of some names. A parameter, a local constant or an import with
 * such a name does not count. Null for other languages; names without a use have no entry. A private member `#load`
 * differs from `load`.
 */
export function findUses({
  path,
  text,
  names,
  sourceParser,
}: {
  path: string;
  text: string;
  names: Iterable<string>;
  sourceParser: SourceParser;
}): ReadonlyMap<string, UsesOfName> | null {
  const language = findSourceLanguage(path);
  if (language === null || language === "css") return null;
  const wanted = new Set(names);
  return sourceParser.withTree({ language, text }, (root) => {
    const nodes = root.descendantsOfType(nameNodes).filter(({ text: name }) => wanted.has(name));
    const byName = Map.groupBy(nodes, ({ text: name }) => name);
    const isPython = language === "python";
    return new Map([...byName].map(([name, ofName]) => [name, describeUses({ nodes: ofName, isPython })]));
  });
}

/** `load` for a private `#load`. */
export function bareName(name: string): string {
  return name.replace(/^#/, "");
}

function describeUses({ nodes, isPython }: { nodes: readonly Node[]; isPython: boolean }): UsesOfName {
  const [named, variables] = partition(nodes, isPython ? isPythonMember : isScriptMember);
  const [keys, members] = partition(named, isPython ? isPythonKey : isScriptKey);
  const bind = isPython ? findPythonScope : findScriptScope;
  const scopes = new Set<number>();
  const references: Node[] = [];
  for (const node of variables) {
    const scope = bind(node);
    if (scope === null) references.push(node);
    else scopes.add(scope.id);
  }
  // A shorthand binding `{ name } = value` takes a member of that name.
  const isTaken = variables.some(({ type }) => type === "shorthand_property_identifier_pattern");
  return {
    isFree: references.some((node) => !listAncestors(node).some(({ id }) => scopes.has(id))),
    isMember: members.length > 0 || isTaken,
    isKey: keys.length > 0,
  };
}

const nameNodes = [
  "identifier",
  "type_identifier",
  "property_identifier",
  "private_property_identifier",
  "shorthand_property_identifier",
  "shorthand_property_identifier_pattern",
];

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function listAncestors(node: Node): Node[] {
  const ancestors: Node[] = [];
  for (let parent = node.parent; parent !== null; parent = parent.parent) ancestors.push(parent);
  return ancestors;
}

function isField({ parent, node, field }: { parent: Node; node: Node; field: string }): boolean {
  return parent.childrenForFieldName(field).some((child) => child?.id === node.id);
}

function isScriptMember({ type }: Node): boolean {
  return type === "property_identifier" || type === "private_property_identifier";
}

/** In `{ name: 1 }`, but not in `{ name: one } = value`. */
function isScriptKey(node: Node): boolean {
  const { parent } = node;
  return parent?.type === "pair" && parent.parent?.type === "object" && isField({ parent, node, field: "key" });
}

const scriptScopes: ReadonlySet<string> = new Set([
  "program",
  "statement_block",
  "function_declaration",
  "generator_function_declaration",
  "function_expression",
  "generator_function",
  "arrow_function",
  "method_definition",
  "method_signature",
  "function_signature",
  "function_type",
  "for_statement",
  "for_in_statement",
  "catch_clause",
  "switch_body",
  "class_static_block",
]);

const scriptDeclarations: ReadonlySet<string> = new Set([
  "function_declaration",
  "generator_function_declaration",
  "function_signature",
  "class_declaration",
  "abstract_class_declaration",
  "interface_declaration",
  "type_alias_declaration",
  "enum_declaration",
  "internal_module",
]);

const scriptPatterns: ReadonlySet<string> = new Set([
  "object_pattern",
  "array_pattern",
  "assignment_pattern",
  "object_assignment_pattern",
  "rest_pattern",
  "pair_pattern",
]);

/** The scope in which a node's binding is visible; null if the node only refers to the name. */
function findScriptScope(node: Node): Node | null {
  const scopeOf = (from: Node) => listAncestors(from).find(({ type }) => scriptScopes.has(type)) ?? null;
  let child = node;
  for (let parent = node.parent; parent !== null; child = parent, parent = parent.parent) {
    const { type } = parent;
    const isNamed = isField({ parent, node: child, field: "name" });
    if (type === "import_specifier" || type === "import_clause" || type === "namespace_import") {
      const alias = parent.childForFieldName("alias");
      return alias === null || alias.id === child.id ? scopeOf(parent) : null;
    }
    if (scriptDeclarations.has(type)) return isNamed ? scopeOf(parent) : null;
    if (type === "variable_declarator") return isNamed ? scopeOf(parent) : null;
    if (type === "function_expression" || type === "class") return isNamed ? parent : null;
    if (type === "type_parameter") return isNamed ? (listAncestors(parent)[1] ?? null) : null;
    if (type === "required_parameter" || type === "optional_parameter")
      return isField({ parent, node: child, field: "pattern" }) ? scopeOf(parent) : null;
    if (type === "formal_parameters") return scopeOf(parent);
    if (type === "arrow_function") return isField({ parent, node: child, field: "parameter" }) ? parent : null;
    if (type === "catch_clause") return isField({ parent, node: child, field: "parameter" }) ? parent : null;
    if (type === "for_in_statement") {
      const isLeft = isField({ parent, node: child, field: "left" }) && parent.childForFieldName("kind") !== null;
      return isLeft ? parent : null;
    }
    if (!scriptPatterns.has(type)) return null;
    const isValueOfPattern =
      (type === "assignment_pattern" || type === "object_assignment_pattern") &&
      isField({ parent, node: child, field: "right" });
    if (isValueOfPattern) return null;
  }
  return null;
}

function isPythonMember(node: Node): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (parent.type === "attribute") return isField({ parent, node, field: "attribute" });
  return parent.type === "keyword_argument" && isField({ parent, node, field: "name" });
}

/** In `f(name=1)`. */
function isPythonKey({ parent }: Node): boolean {
  return parent?.type === "keyword_argument";
}

const pythonScopes: ReadonlySet<string> = new Set([
  "module",
  "function_definition",
  "lambda",
  "class_definition",
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
]);

const pythonTargets: ReadonlySet<string> = new Set([
  "pattern_list",
  "tuple_pattern",
  "list_pattern",
  "list_splat_pattern",
  "dictionary_splat_pattern",
  "as_pattern_target",
]);

function findPythonScope(node: Node): Node | null {
  const scopeOf = (from: Node) => listAncestors(from).find(({ type }) => pythonScopes.has(type)) ?? null;
  let child = node;
  for (let parent = node.parent; parent !== null; child = parent, parent = parent.parent) {
    const { type } = parent;
    if (type === "dotted_name" || pythonTargets.has(type)) {
      if (type === "dotted_name" && parent.firstNamedChild?.id !== child.id) return null;
      continue;
    }
    if (type === "aliased_import") {
      if (!isField({ parent, node: child, field: "alias" })) return null;
      return scopeOf(parent);
    }
    if (type === "import_from_statement" || type === "import_statement")
      return isField({ parent, node: child, field: "name" }) ? scopeOf(parent) : null;
    if (type === "function_definition" || type === "class_definition")
      return isField({ parent, node: child, field: "name" }) ? scopeOf(parent) : null;
    if (type === "parameters" || type === "lambda_parameters") return scopeOf(parent);
    if (type === "default_parameter" || type === "typed_default_parameter") {
      if (!isField({ parent, node: child, field: "name" })) return null;
      continue;
    }
    if (type === "typed_parameter") {
      if (parent.firstNamedChild?.id !== child.id) return null;
      continue;
    }
    if (type === "assignment" || type === "for_statement" || type === "for_in_clause")
      return isField({ parent, node: child, field: "left" }) ? scopeOf(parent) : null;
    if (type === "named_expression") return isField({ parent, node: child, field: "name" }) ? scopeOf(parent) : null;
    return type === "as_pattern" && child.type === "as_pattern_target" ? scopeOf(parent) : null;
  }
  return null;
}
