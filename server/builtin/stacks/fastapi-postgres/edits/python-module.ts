import type { Node } from "web-tree-sitter";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { SourceSpan } from "#server/builtin/edits/source-span.ts";

export type PythonImportLine = SourceSpan & {
  /** `app.models` of `from app.models import Task`; null for a plain `import x`. */
  module: string | null;
  /** The imported names, or the modules of a plain import. */
  names: { name: string; alias: string | null }[];
};

export type PythonAssignment = SourceSpan & {
  name: string;
  annotation: string | null;
  /** The right-hand side as written; null for a bare annotation. */
  value: string | null;
};

export type PythonClass = SourceSpan & {
  name: string;
  bases: string[];
  /** The indentation of the body's statements. */
  indent: string;
  assignments: PythonAssignment[];
  methods: (SourceSpan & { name: string })[];
  docstring: SourceSpan | null;
  /** A lone `pass` or `...` that a new statement replaces. */
  placeholder: SourceSpan | null;
};

export type PythonFunction = SourceSpan & {
  name: string;
  /** `router.get("/tasks", response_model=TaskRead)`, without the `@`. */
  decorators: string[];
  isAsync: boolean;
  parameters: SourceSpan & { text: string };
  returnType: string | null;
  body: SourceSpan & { text: string };
  /** Top-level statements of the body. */
  statements: (SourceSpan & { text: string })[];
};

/** The top level of a Python module, as the editing rules need it. */
export type PythonModule = {
  text: string;
  docstring: SourceSpan | null;
  imports: PythonImportLine[];
  classes: PythonClass[];
  functions: PythonFunction[];
  assignments: PythonAssignment[];
  /** Other statements, for example `app.include_router(tasks.router)`. */
  statements: (SourceSpan & { text: string })[];
};

/** Never fails: skips what is unreadable. */
export function readPythonModule({ text, parser }: { text: string; parser: SourceParser }): PythonModule {
  return parser.withTree({ language: "python", text }, (root) => {
    const module: PythonModule = {
      text,
      docstring: null,
      imports: [],
      classes: [],
      functions: [],
      assignments: [],
      statements: [],
    };
    for (const [index, node] of namedChildren(root).entries()) readTopLevel({ node, module, isFirst: index === 0 });
    return module;
  });
}

function readTopLevel({ node, module, isFirst }: { node: Node; module: PythonModule; isFirst: boolean }): void {
  switch (node.type) {
    case "import_statement":
    case "import_from_statement":
      module.imports.push(readImport(node));
      return;
    case "class_definition":
      module.classes.push(readClass({ definition: node, outer: node, text: module.text }));
      return;
    case "function_definition":
      module.functions.push(readFunction({ definition: node, outer: node }));
      return;
    case "decorated_definition": {
      const definition = node.childForFieldName("definition");
      if (definition?.type === "class_definition")
        module.classes.push(readClass({ definition, outer: node, text: module.text }));
      if (definition?.type === "function_definition") module.functions.push(readFunction({ definition, outer: node }));
      return;
    }
    case "expression_statement": {
      const assignment = readAssignment(node);
      if (assignment !== null) module.assignments.push(assignment);
      else if (isFirst && node.firstNamedChild?.type === "string") module.docstring = spanOf(node);
      else module.statements.push({ ...spanOf(node), text: node.text });
      return;
    }
    default:
      if (node.type !== "comment") module.statements.push({ ...spanOf(node), text: node.text });
  }
}

function readImport(node: Node): PythonImportLine {
  const moduleNode = node.childForFieldName("module_name");
  const names = namedChildren(node)
    .filter((child) => child.id !== moduleNode?.id)
    .flatMap((child) => {
      if (child.type === "dotted_name") return [{ name: child.text, alias: null }];
      if (child.type === "wildcard_import") return [{ name: "*", alias: null }];
      if (child.type !== "aliased_import") return [];
      return [
        { name: child.childForFieldName("name")?.text ?? "", alias: child.childForFieldName("alias")?.text ?? null },
      ];
    });
  return { ...spanOf(node), module: node.type === "import_statement" ? null : (moduleNode?.text ?? null), names };
}

function readClass({ definition, outer, text }: { definition: Node; outer: Node; text: string }): PythonClass {
  const body = definition.childForFieldName("body");
  const statements = body === null ? [] : namedChildren(body);
  const first = statements.find(({ type }) => type !== "comment");
  const assignments = statements.flatMap((statement) =>
    statement.type === "expression_statement" ? (readAssignment(statement) ?? []) : [],
  );
  const isPlaceholder = (statement: Node): boolean => statement.type === "pass_statement" || statement.text === "...";
  const placeholder = statements.find(isPlaceholder);
  return {
    ...spanOf(outer),
    line: definition.startPosition.row + 1,
    name: definition.childForFieldName("name")?.text ?? "",
    bases: namedChildren(definition.childForFieldName("superclasses")).flatMap((base) =>
      base.type === "keyword_argument" ? [] : [base.text],
    ),
    indent: first === undefined ? "    " : (/[ \t]*$/.exec(text.slice(0, first.startIndex))?.[0] ?? "    "),
    assignments,
    methods: statements.flatMap((statement) => {
      const method = statement.type === "decorated_definition" ? statement.childForFieldName("definition") : statement;
      return method?.type === "function_definition"
        ? [{ ...spanOf(statement), name: method.childForFieldName("name")?.text ?? "" }]
        : [];
    }),
    docstring:
      first?.type === "expression_statement" && first.firstNamedChild?.type === "string" ? spanOf(first) : null,
    placeholder: placeholder === undefined ? null : spanOf(placeholder),
  };
}

function readFunction({ definition, outer }: { definition: Node; outer: Node }): PythonFunction {
  const parameters = definition.childForFieldName("parameters") ?? definition;
  const body = definition.childForFieldName("body") ?? definition;
  return {
    ...spanOf(outer),
    line: definition.startPosition.row + 1,
    name: definition.childForFieldName("name")?.text ?? "",
    decorators: namedChildren(outer).flatMap((child) =>
      child.type === "decorator" ? [child.text.replace(/^@\s*/, "")] : [],
    ),
    isAsync: definition.text.startsWith("async"),
    parameters: { ...spanOf(parameters), text: parameters.text },
    returnType: definition.childForFieldName("return_type")?.text ?? null,
    body: { ...spanOf(body), text: body.text },
    statements: namedChildren(body).flatMap((statement) =>
      statement.type === "comment" ? [] : [{ ...spanOf(statement), text: statement.text }],
    ),
  };
}

function readAssignment(statement: Node): PythonAssignment | null {
  const assignment = statement.firstNamedChild;
  const left = assignment?.childForFieldName("left");
  if (assignment?.type !== "assignment" || left?.type !== "identifier") return null;
  return {
    ...spanOf(statement),
    name: left.text,
    annotation: assignment.childForFieldName("type")?.text ?? null,
    value: assignment.childForFieldName("right")?.text ?? null,
  };
}

function namedChildren(node: Node | null): Node[] {
  return node === null ? [] : node.namedChildren.filter((child) => child !== null);
}

function spanOf(node: Node): SourceSpan {
  return { start: node.startIndex, end: node.endIndex, line: node.startPosition.row + 1 };
}
