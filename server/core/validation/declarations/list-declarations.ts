import type { FilePath } from "#lib/contracts/ids.ts";
import { classifyEntity } from "#server/core/schema-extraction/assembly/classify-entity.ts";
import { extractFileFacts } from "../../schema-extraction/extract-file-facts.ts";
import type { SourceParser } from "../../syntax/source-parser.ts";
import { isTestFile } from "../loss/name-file.ts";
import { listDependencies } from "./list-dependencies.ts";
import { outlineSource, type OutlineEntry } from "./outline-source.ts";

/** A declaration that others may depend on. */
export type Declaration = {
  kind: "symbol" | "member" | "route" | "dependency";
  /** The name in sentences: `User`, `User.email`, `GET /users`, `fastapi`. */
  label: string;
  /** The name in code that uses it: `User`, `email`, the function of a route. */
  name: string;
  /** The class or model that a member belongs to. */
  owner?: string;
  /** The declaration still exists if any of these is declared: a route is also known by its handler function. */
  keys: string[];
  /** Names that a user may use for it. */
  names: string[];
  /** Only its own file depends on it. */
  isPrivate: boolean;
  isDefaultExport: boolean;
  /** A field or value of stored data. */
  isData: boolean;
  /** A column of a table: removing it removes the stored data. */
  isStored: boolean;
  /** 0-based and inclusive; -1 if the position is unknown. */
  startLine: number;
  endLine: number;
};

type Source = { path: FilePath; text: string; sourceParser: SourceParser };

const nowhere = {
  isPrivate: false,
  isDefaultExport: false,
  isData: false,
  isStored: false,
  startLine: -1,
  endLine: -1,
};

/**
 * The declarations of a file: classes, functions, constants and exports, methods and model fields, routes, and a
 * manifest's dependencies. One entry per label.
 */
export function listDeclarations(source: Source): Declaration[] {
  const byLabel = new Map<string, Declaration>();
  const facts = [...listFacts(source), ...listDependencies(source).map(describeDependency)];
  for (const declaration of facts) byLabel.set(declaration.label, declaration);
  const outline = numberOverloads(outlineSource(source).map(describeEntry));
  for (const declaration of outline) {
    const known = byLabel.get(declaration.label);
    const { isPrivate, isDefaultExport, startLine, endLine } = declaration;
    byLabel.set(
      declaration.label,
      known === undefined
        ? declaration
        : { ...known, isPrivate: known.isPrivate && isPrivate, isDefaultExport, startLine, endLine },
    );
  }
  const spans = new Map(outline.map(({ label, startLine, endLine }) => [label, { startLine, endLine }]));
  return [...byLabel.values()].map((declaration) =>
    declaration.kind === "route" ? { ...declaration, ...spans.get(declaration.name) } : declaration,
  );
}

/** Several declarations with one name, such as overloads, are counted separately. */
function numberOverloads(declarations: readonly Declaration[]): Declaration[] {
  const counts = new Map<string, number>();
  return declarations.map((declaration) => {
    const { label, keys } = declaration;
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    return count === 1
      ? declaration
      : { ...declaration, label: `${label} (${count})`, keys: keys.map((key) => `${key}#${count}`) };
  });
}

function describeEntry({
  name,
  owner,
  kind,
  isPrivate,
  isDefaultExport,
  startLine,
  endLine,
}: OutlineEntry): Declaration {
  const declared = owner === null || kind === "symbol" ? describeSymbol(name) : describeMember({ owner, name });
  return { ...declared, isPrivate, isDefaultExport, startLine, endLine };
}

function describeDependency(name: string): Declaration {
  return { ...nowhere, kind: "dependency", label: name, name, keys: [`dependency:${name}`], names: [name] };
}

function describeSymbol(name: string): Declaration {
  return { ...nowhere, kind: "symbol", label: name, name, keys: [`symbol:${name}`], names: [name] };
}

function describeMember({ owner, name }: { owner: string; name: string }): Declaration {
  return {
    ...nowhere,
    kind: "member",
    label: `${owner}.${name}`,
    name,
    owner,
    keys: [`member:${owner}.${name}`],
    names: [name],
  };
}

function listFacts({ path, text, sourceParser }: Source): Declaration[] {
  const facts = extractFileFacts({ path, text, parser: sourceParser });
  if (facts === null) return [];
  // Props of a component change with its design; fields of a model hold data.
  const models = facts.entities.filter(({ origin }) => origin !== "typescript-type");
  return [
    ...facts.exports
      .filter(({ kind, name }) => kind !== "other" && name !== "default")
      .map(({ name, line }) => at(describeSymbol(name), line)),
    ...models.flatMap(({ name, origin, kind = classifyEntity({ origin, name }), line, fields }) => [
      at(describeSymbol(name), line),
      ...fields
        .filter(({ name: field }) => !isOwnAffair({ path, field }))
        .map((field) => ({
          ...at(describeMember({ owner: name, name: field.name }), field.line),
          isData: true,
          isStored: kind === "table",
        })),
    ]),
    ...facts.enums.flatMap(({ name, line, values }) => [
      at(describeSymbol(name), line),
      ...values.map((value) => ({ ...describeMember({ owner: name, name: value }), isData: !isTestFile(path) })),
    ]),
    ...facts.routes
      .filter(({ method }) => method !== "PAGE")
      .map(({ method, route, handler, line }): Declaration => ({
        ...at(describeSymbol(handler), line),
        kind: "route",
        label: `${method} ${route}`,
        keys: [`route:${method} ${route}`, `symbol:${handler}`],
        names: [route, handler],
      })),
  ];
}

/** Go code outside the package cannot see a lower-case field, and no library stores it. */
function isOwnAffair({ path, field }: { path: string; field: string }): boolean {
  return path.endsWith(".go") && /^[\p{Ll}_]/u.test(field);
}

function at(declaration: Declaration, line: number): Declaration {
  return { ...declaration, startLine: line - 1, endLine: line - 1 };
}
