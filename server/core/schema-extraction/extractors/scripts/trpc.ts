import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { MountFact, RouteFact, RouterFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf } from "../spell-node.ts";
import {
  listDeclarators,
  listProperties,
  listScriptImports,
  listTopLevel,
  readCallChain,
  type Declarator,
  type TopLevel,
} from "./typescript-syntax.ts";

const procedureKinds: ReadonlySet<string> = new Set(["query", "mutation", "subscription"]);
const maxNesting = 20;

type RouterParts = { routes: RouteFact[]; mounts: MountFact[] };
type RouterPlace = { router: string; prefix: string; path: FilePath };

/** Procedures of tRPC routers. Their dotted names are complete after routers are assembled. */
export const trpcExtractor = scriptExtractor({
  name: "trpc",
  isWanted: ({ text }) => /router|\.\s*(?:query|mutation|subscription)\s*\(/i.test(text),
  read({ root, path }) {
    const routers: RouterFact[] = [];
    const parts: RouterParts = { routes: [], mounts: [] };
    const topLevel = listTopLevel(root);
    for (const { name, value, line } of [...listDeclarators(topLevel), ...listDefaults(topLevel)]) {
      const place = { router: name, prefix: "", path };
      if (!readRouter({ expression: value, place, parts })) continue;
      routers.push({ kind: "trpc", name, prefix: "", path, line });
    }
    const isJoining = routers.length > 0;
    for (const procedure of listProcedures({ topLevel, path })) {
      parts.routes.push(procedure);
      routers.push({ kind: "trpc", name: procedure.handler, prefix: "", path, line: procedure.line });
    }
    return routers.length === 0 ? {} : { routers, ...parts, imports: isJoining ? listScriptImports(root) : [] };
  },
});

/** `export default router({ … })`. */
function listDefaults(topLevel: readonly TopLevel[]): Declarator[] {
  return topLevel.flatMap(({ node, isDefault, isExported }) =>
    isDefault && node.type === "call_expression"
      ? [{ name: "default", line: lineOf(node), value: node, isExported }]
      : [],
  );
}

/**
 * A procedure in a constant: a route without a name until a router names it. A database query looks similar, so a tRPC
 * chain must begin with a procedure or have an input.
 */
function listProcedures({ topLevel, path }: { topLevel: readonly TopLevel[]; path: FilePath }): RouteFact[] {
  return listDeclarators(topLevel).flatMap(({ name, value, line }): RouteFact[] => {
    const chain = readCallChain(value);
    const last = chain?.steps.at(-1);
    if (chain === null || last === undefined || last.args === null || !procedureKinds.has(last.name)) return [];
    const isProcedure =
      /procedure/i.test(chain.root) ||
      chain.steps.some((step) => /^(?:input|output|use|procedure|\w*Procedure)$/.test(step.name));
    return isProcedure ? [{ method: last.name.toUpperCase(), route: "", handler: name, router: name, path, line }] : [];
  });
}

/** Adds the procedures of a router; false if the expression contains no procedures or routers. */
function readRouter({
  expression,
  place,
  parts,
  depth = 0,
}: {
  expression: Node | null;
  place: RouterPlace;
  parts: RouterParts;
  depth?: number;
}): boolean {
  const chain = readCallChain(expression);
  const last = chain?.steps.at(-1);
  if (chain === null || last?.args === null || last === undefined || depth > maxNesting) return false;
  const callee = last.name === "" ? chain.root : last.name;
  if (callee === "mergeRouters") {
    for (const argument of last.args)
      if (!readRouter({ expression: argument, place, parts, depth: depth + 1 }))
        addMount({ child: argument, name: null, place, parts });
    return true;
  }
  if (!/^(?:\w*[rR]outer)$/.test(callee) || last.args.length !== 1 || last.args[0]?.type !== "object") return false;
  for (const { name, value } of listProperties(last.args[0])) {
    const prefix = place.prefix === "" ? name : `${place.prefix}.${name}`;
    if (addProcedure({ value, name: prefix, place, parts })) continue;
    if (readRouter({ expression: value, place: { ...place, prefix }, parts, depth: depth + 1 })) continue;
    // A plain object of procedures is a router too.
    if (value.type === "object") addObject({ object: value, place: { ...place, prefix }, parts, depth: depth + 1 });
    else addMount({ child: value, name, place, parts });
  }
  return true;
}

function addObject({
  object,
  place,
  parts,
  depth,
}: {
  object: Node;
  place: RouterPlace;
  parts: RouterParts;
  depth: number;
}): void {
  if (depth > maxNesting) return;
  for (const { name, value } of listProperties(object)) {
    const prefix = `${place.prefix}.${name}`;
    if (addProcedure({ value, name: prefix, place, parts })) continue;
    if (value.type === "object") addObject({ object: value, place: { ...place, prefix }, parts, depth: depth + 1 });
    else if (!readRouter({ expression: value, place: { ...place, prefix }, parts, depth: depth + 1 }))
      addMount({ child: value, name, place, parts });
  }
}

function addProcedure({
  value,
  name,
  place,
  parts,
}: {
  value: Node;
  name: string;
  place: RouterPlace;
  parts: RouterParts;
}): boolean {
  const kind = readCallChain(value)?.steps.findLast(
    (step) => step.args !== null && procedureKinds.has(step.name),
  )?.name;
  if (kind === undefined) return false;
  const handler = `${place.router}.${name}`;
  parts.routes.push({
    method: kind.toUpperCase(),
    route: name,
    handler,
    router: place.router,
    path: place.path,
    line: lineOf(value.parent ?? value),
  });
  return true;
}

function addMount({
  child,
  name,
  place,
  parts,
}: {
  child: Node;
  name: string | null;
  place: RouterPlace;
  parts: RouterParts;
}): void {
  if (!/^[\w$.]+$/.test(child.text)) return;
  const prefix = [place.prefix, name ?? ""].filter((part) => part !== "").join(".");
  parts.mounts.push({
    kind: "trpc",
    parent: place.router,
    child: child.text,
    prefix,
    path: place.path,
    line: lineOf(child),
  });
}
