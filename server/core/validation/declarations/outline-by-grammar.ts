import type { Node } from "web-tree-sitter";
import type { GrammarLanguage } from "../../syntax/source-parser.ts";
import type { OutlineEntry } from "./outline-source.ts";

/** Nodes that only wrap declarations. */
const wrappers: ReadonlySet<string> = new Set([
  "decorated_definition",
  "export_statement",
  "ambient_declaration",
  "namespace_definition",
  "namespace_declaration",
  "file_scoped_namespace_declaration",
  "declaration_list",
  "body_statement",
  "statement_block",
  "compound_statement",
  "type_declaration",
  "const_declaration",
  "var_declaration",
  "lexical_declaration",
  "variable_declaration",
  "class_body",
  "enum_body",
  "enum_body_declarations",
  "interface_body",
  "field_declaration_list",
  "enum_variant_list",
  "enum_member_declaration_list",
  "enum_declaration_list",
  "property_declaration",
  "expression_statement",
  "var_spec_list",
  "struct_type",
  "interface_type",
]);

/** Types and modules: their contents belong to them. */
const owners: ReadonlySet<string> = new Set([
  "class_definition",
  "class_declaration",
  "abstract_class_declaration",
  "interface_declaration",
  "enum_declaration",
  "record_declaration",
  "struct_declaration",
  "trait_declaration",
  "annotation_type_declaration",
  "internal_module",
  "module",
  "class",
  "struct_item",
  "enum_item",
  "union_item",
  "trait_item",
  "mod_item",
  "type_spec",
]);

/** Types whose members describe a value or a component: they change with its design. */
const shapes: ReadonlySet<string> = new Set(["interface_declaration", "enum_declaration"]);

const functions: ReadonlySet<string> = new Set([
  "function_definition",
  "function_declaration",
  "generator_function_declaration",
  "function_item",
  "function_signature_item",
  "macro_definition",
  "method_definition",
  "method_declaration",
  "method_elem",
  "method",
  "singleton_method",
]);

const values: ReadonlySet<string> = new Set([
  "const_spec",
  "var_spec",
  "const_item",
  "static_item",
  "type_item",
  "type_alias",
  "type_alias_declaration",
  "delegate_declaration",
]);

/** Fields of types in languages whose types hold data. */
const fields: ReadonlySet<string> = new Set([
  "field_declaration",
  "property_declaration",
  "property_element",
  "const_element",
  "enum_case",
  "enum_constant",
  "enum_member_declaration",
  "enum_variant",
]);

const functionValues: ReadonlySet<string> = new Set([
  "arrow_function",
  "function_expression",
  "generator_function",
  "class",
]);

type Place = {
  owner: string | null;
  language: GrammarLanguage;
  isScript: boolean;
  isModule: boolean;
  isExported: boolean;
  isDefaultExport: boolean;
  whole: Node;
};

/** Walks the declarations of a tree without entering function bodies. */
export function outlineByGrammar({ root, language }: { root: Node; language: GrammarLanguage }): OutlineEntry[] {
  const isScript = language === "typescript" || language === "tsx" || language === "javascript";
  // Everything that a script without imports and exports declares is global.
  const isModule = isScript && root.namedChildren.some(({ type }) => /^(?:import|export)_statement$/.test(type));
  return root.namedChildren.flatMap((node) =>
    visit({
      node,
      place: { owner: null, language, isScript, isModule, isExported: false, isDefaultExport: false, whole: node },
    }),
  );
}

function visit({ node, place }: { node: Node; place: Place }): OutlineEntry[] {
  const { type } = node;
  if (type === "impl_item")
    return visitBody({ node: node.childForFieldName("body"), place: { ...place, owner: readImplOwner(node) } });
  if (functions.has(type)) return visitFunction({ node, place });
  if (owners.has(type)) return visitOwner({ node, place });
  if (values.has(type))
    return place.owner === null
      ? describe({ name: readName(node), place, isLocal: place.isModule && !place.isExported })
      : [];
  if (type === "assignment") return visitAssignment({ node, place });
  if (type === "variable_declarator") return visitDeclarator({ node, place });
  if (fields.has(type) && place.owner !== null && !place.isScript) {
    const names = isHiddenField({ node, language: place.language }) ? [] : readFieldNames(node);
    if (names.length > 0) return names.flatMap((name) => describe({ name, place, isLocal: isHidden(node) }));
  }
  if (!wrappers.has(type)) return [];
  const isExport = type === "export_statement";
  const isDefaultExport = isExport && node.children.some((child) => child.type === "default");
  return visitBody({
    node,
    place: {
      ...place,
      whole: place.owner === null && node.namedChildCount === 1 ? place.whole : node,
      isExported: place.isExported || isExport,
      isDefaultExport: place.isDefaultExport || isDefaultExport,
    },
  });
}

function visitBody({ node, place }: { node: Node | null; place: Place }): OutlineEntry[] {
  const children = node?.namedChildren ?? [];
  // A wrapper of one declaration (a decorator, an export) is part of it; in any other wrapper each child is separate.
  const isWhole = children.length <= 2 && node !== null && place.whole.id === node.id;
  return children.flatMap((child) => visit({ node: child, place: { ...place, whole: isWhole ? place.whole : child } }));
}

function visitFunction({ node, place }: { node: Node; place: Place }): OutlineEntry[] {
  const receiver = node.childForFieldName("receiver")?.text;
  const owner =
    receiver === undefined ? place.owner : (/([A-Za-z_]\w*)(?:\[[^\]]*\])?\s*\)$/.exec(receiver)?.[1] ?? null);
  const isLocal = place.isModule && place.owner === null && !place.isExported;
  return describe({
    name: readName(node),
    place: { ...place, owner },
    isLocal: isLocal || isHidden(node) || isRustLocal({ node, place }),
  });
}

function visitOwner({ node, place }: { node: Node; place: Place }): OutlineEntry[] {
  const name = readName(node);
  // `mod filter;` in Rust only names another file.
  if (name === null || (node.type === "mod_item" && node.childForFieldName("body") === null)) return [];
  const isLocal = place.isModule && place.owner === null && !place.isExported;
  const own = describe({ name, place, isLocal });
  if (place.isScript && shapes.has(node.type)) return own;
  const body = node.childForFieldName("body") ?? node.childForFieldName("type") ?? findBody(node);
  const owner = place.owner === null || node.type === "mod_item" ? name : `${place.owner}.${name}`;
  return [...own, ...visitBody({ node: body, place: { ...place, owner, isExported: false, isDefaultExport: false } })];
}

function findBody(node: Node): Node | null {
  return node.namedChildren.find(({ type }) => wrappers.has(type)) ?? null;
}

/** A constant of a module: `LIMIT = 3` in Python, `LIMIT = 3` in Ruby. */
function visitAssignment({ node, place }: { node: Node; place: Place }): OutlineEntry[] {
  const left = node.childForFieldName("left");
  if (place.owner !== null || (left?.type !== "identifier" && left?.type !== "constant")) return [];
  return describe({ name: left.text, place, isLocal: !/^[A-Z][A-Z\d_]+$/.test(left.text) });
}

function visitDeclarator({ node, place }: { node: Node; place: Place }): OutlineEntry[] {
  if (place.owner !== null) return [];
  const name = node.childForFieldName("name");
  if (name?.type !== "identifier") return [];
  const value = node.childForFieldName("value");
  const isFunction = value !== null && functionValues.has(value.type);
  return isFunction || place.isScript
    ? describe({ name: name.text, place, isLocal: place.isModule && !place.isExported, isWeak: !isFunction })
    : [];
}

function describe({
  name,
  place: { owner, isDefaultExport, isExported, whole, language },
  isLocal,
  isWeak = false,
}: {
  name: string | null;
  place: Place;
  isLocal: boolean;
  isWeak?: boolean;
}): OutlineEntry[] {
  if (name === null) return [];
  // PHP's magic methods start with two underscores, Python's also end with two.
  const isUnderscored = language !== "php" && /^[_#](?!_\w*__$)/.test(name);
  const isPrivate = isUnderscored || isLocal || (isWeak && !isExported);
  return [
    {
      name: name.replace(/^\$/, ""),
      owner,
      kind: owner === null ? "symbol" : "member",
      isPrivate,
      isDefaultExport,
      startLine: whole.startPosition.row,
      endLine: whole.endPosition.row,
    },
  ];
}

function readName(node: Node): string | null {
  return node.childForFieldName("name")?.text ?? null;
}

/** Declarations inside an initializer, such as an anonymous class, are not fields. */
const declarators: ReadonlySet<string> = new Set(["variable_declarator", "property_element", "const_element"]);

function readFieldNames(node: Node): string[] {
  const own = readName(node);
  if (own !== null) return [own];
  return node.namedChildren.flatMap((child) =>
    declarators.has(child.type)
      ? (readName(child) ?? child.firstNamedChild?.text ?? [])
      : child.type === "variable_declaration"
        ? readFieldNames(child)
        : [],
  );
}

/** `impl Trait for Type` belongs to the type, and each trait's part is separate. */
function readImplOwner(node: Node): string {
  const type = (node.childForFieldName("type")?.text ?? "").replace(/<.*$/s, "");
  const trait = node.childForFieldName("trait")?.text.replace(/<.*$/s, "");
  return trait === undefined ? type : `${type} as ${trait}`;
}

/** Private data of a type is its implementation detail. */
function isHiddenField({ node, language }: { node: Node; language: GrammarLanguage }): boolean {
  if (language === "go") return /^[a-z_]/.test(readName(node) ?? "");
  if (language === "rust")
    return node.type === "field_declaration" && !node.namedChildren.some(({ type }) => type === "visibility_modifier");
  return isHidden(node);
}

/**
 * A Rust function without `pub` is private to its module, except for trait methods, tests, entry points and anything
 * with an attribute, which are called from outside.
 */
function isRustLocal({ node, place: { owner, language } }: { node: Node; place: Place }): boolean {
  if (language !== "rust" || node.type !== "function_item" || readName(node) === "main") return false;
  if (node.namedChildren.some(({ type }) => type === "visibility_modifier")) return false;
  const isOfTrait = owner?.includes(" as ") === true || node.parent?.parent?.type === "trait_item";
  return !isOfTrait && node.previousNamedSibling?.type !== "attribute_item";
}

/** Marked private: `private int x`, `private function f()`. */
function isHidden(node: Node): boolean {
  return node.namedChildren.some(
    ({ type, text }) => /modifier/.test(type) && /\bprivate\b/.test(text) && !/\bpublic\b/.test(text),
  );
}
