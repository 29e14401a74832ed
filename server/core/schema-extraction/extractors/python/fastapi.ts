import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type {
  MountFact,
  PathConstantFact,
  RouteFact,
  RouterFact,
} from "#server/core/schema-extraction/extract-file-facts.ts";
import { pythonExtractor } from "./python-extractor.ts";
import {
  lastName,
  listAssignments,
  listClasses,
  listImports,
  listModuleStatements,
  readCall,
  readDefinition,
  readString,
  readStringConstants,
  type PythonCall,
} from "./python-syntax.ts";
import { lineOf, spell } from "../spell-node.ts";

const methods: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "head", "options", "trace"]);

type Source = { path: FilePath; constants: ReadonlyMap<string, string> };

/** Routes of FastAPI and Flask: decorated functions, routers and blueprints with their prefixes, and their mounts. */
export const fastapiExtractor = pythonExtractor({
  name: "fastapi",
  read({ root, path }) {
    const source: Source = { path, constants: readStringConstants(root) };
    // An application is often created inside a function: def create_app(): app = FastAPI(); app.include_router(…)
    const statements = listModuleStatements(root).flatMap((statement) => {
      const { definition } = readDefinition(statement);
      return definition.type === "function_definition"
        ? [statement, ...(definition.childForFieldName("body")?.namedChildren ?? [])]
        : [statement];
    });
    const routers = statements.flatMap((statement) => readRouter({ statement, source }) ?? []);
    const mounts = statements.flatMap((statement) => readMount({ statement, source }) ?? []);
    const routes = statements.flatMap((statement) => [
      ...readDecoratedRoutes({ statement, source }),
      ...readAddedRoutes({ statement, source }),
    ]);
    const isConcerned = routers.length + mounts.length + routes.length > 0;
    // A package's __init__ may only re-export routers.
    const passesOn = path.endsWith("__init__.py");
    return {
      routers,
      mounts,
      routes,
      imports: isConcerned || passesOn ? listImports(statements) : [],
      pathConstants: listPathConstants(root),
    };
  },
});

function readRouter({ statement, source }: { statement: Node; source: Source }): RouterFact | null {
  const [assignment] = listAssignments([statement]);
  const call = readCall(assignment?.value ?? null);
  if (
    assignment === undefined ||
    call === null ||
    !/^(?:FastAPI|APIRouter|Flask|Blueprint|APIBlueprint)$/.test(lastName(call.callee))
  )
    return null;
  return {
    kind: "http",
    name: assignment.name,
    prefix: readPrefix({ node: call.keywords.get("prefix") ?? call.keywords.get("url_prefix"), source }),
    path: source.path,
    line: assignment.line,
  };
}

/** `API_PREFIX = "/api"` in a module or a class: prefixes in other files may refer to it. */
function listPathConstants(root: Node): PathConstantFact[] {
  const statements = [root.namedChildren, ...listClasses(root).map(({ body }) => body.namedChildren)];
  return statements.flatMap(listAssignments).flatMap(({ name, value }) => {
    const text = readString(value);
    return text !== null && /^\/[\w./-]*$/.test(text) ? [{ name, value: text }] : [];
  });
}

function readMount({ statement, source }: { statement: Node; source: Source }): MountFact | null {
  const call = readCallStatement(statement);
  const verb = /\.(?:include_router|register_blueprint|mount)$/.exec(call?.callee ?? "")?.[0];
  if (call === null || verb === undefined) return null;
  const isMount = verb === ".mount";
  const child = isMount
    ? (call.positional[1] ?? call.keywords.get("app"))
    : (call.positional[0] ?? call.keywords.get("router") ?? call.keywords.get("blueprint"));
  if (child === undefined || !/^[\w.]+$/.test(child.text)) return null;
  const prefix = isMount
    ? (call.positional[0] ?? call.keywords.get("path"))
    : (call.keywords.get("prefix") ?? call.keywords.get("url_prefix"));
  const parent = call.callee.slice(0, -verb.length);
  return {
    kind: "http",
    parent,
    child: child.text,
    prefix: readPrefix({ node: prefix, source }),
    path: source.path,
    line: lineOf(statement),
  };
}

function readCallStatement(statement: Node): PythonCall | null {
  return statement.type === "expression_statement" ? readCall(statement.firstNamedChild) : null;
}

/** A prefix that is not a literal is kept as its expression in angle brackets: `<settings.api_prefix>`. */
function readPrefix({ node, source }: { node: Node | undefined; source: Source }): string {
  if (node === undefined) return "";
  const text = readString(node) ?? source.constants.get(node.text);
  if (text !== undefined && text !== null) return text;
  if (node.type !== "string") return `/<${spell(node)}>`;
  // f"{settings.API}/users"
  const parts = node.namedChildren.map((child) =>
    child.type === "interpolation"
      ? (source.constants.get(child.firstNamedChild?.text ?? "") ?? `<${child.firstNamedChild?.text ?? ""}>`)
      : child.type === "string_content"
        ? child.text
        : "",
  );
  return parts.join("").replace(/^</, "/<");
}

function readDecoratedRoutes({ statement, source }: { statement: Node; source: Source }): RouteFact[] {
  const { definition, decorators } = readDefinition(statement);
  const handler = definition.childForFieldName("name")?.text;
  if (definition.type !== "function_definition" || handler === undefined) return [];
  return decorators.flatMap((decorator) => {
    const call = readCall(decorator.firstNamedChild);
    const dot = call?.callee.lastIndexOf(".") ?? -1;
    if (call === null || dot === -1) return [];
    return readRoutes({
      call,
      verb: call.callee.slice(dot + 1),
      router: call.callee.slice(0, dot),
      handler,
      line: lineOf(decorator),
      source,
    });
  });
}

function readRoutes({
  call,
  verb,
  router,
  handler,
  line,
  source,
}: {
  call: PythonCall;
  verb: string;
  router: string;
  handler: string;
  line: number;
  source: Source;
}): RouteFact[] {
  const pathNode = call.positional[0] ?? call.keywords.get("path");
  const route = readString(pathNode) ?? (pathNode === undefined ? null : (source.constants.get(pathNode.text) ?? null));
  if (route === null) return [];
  const toRoute = (method: string): RouteFact => ({ method, route, handler, router, path: source.path, line });
  if (methods.has(verb)) return [toRoute(verb.toUpperCase())];
  if (verb === "websocket") return [toRoute("WEBSOCKET")];
  return verb === "api_route" || verb === "route" ? readMethods(call).map(toRoute) : [];
}

/** `app.add_api_route("/health", get_health, methods=["GET"])`. */
function readAddedRoutes({ statement, source }: { statement: Node; source: Source }): RouteFact[] {
  const call = readCallStatement(statement);
  const handler = call?.positional[1] ?? call?.keywords.get("endpoint");
  if (call === null || handler === undefined || !call.callee.endsWith(".add_api_route")) return [];
  return readRoutes({
    call,
    verb: "api_route",
    router: call.callee.slice(0, -".add_api_route".length),
    handler: spell(handler),
    line: lineOf(statement),
    source,
  });
}

function readMethods(call: PythonCall): string[] {
  const named =
    call.keywords.get("methods")?.namedChildren.flatMap((node) => readString(node)?.toUpperCase() ?? []) ?? [];
  return named.length > 0 ? named : ["GET"];
}
