import type { CodeEntity, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { classifyEntity } from "./classify-entity.ts";
import type { BaseFact, EntityFact, FileFacts, RelationFact } from "../extract-file-facts.ts";
import { isExamplePath } from "../is-example-path.ts";
import { isLibraryBase } from "./library-bases.ts";
import { countShared, createReferenceResolver } from "./reference-resolver.ts";
import type { Steps } from "../../steps.ts";

/** A longer chain of base classes is malicious. */
const maxDepth = 20;
/** An entity with more inherited fields is generated or malicious. */
const maxInheritedFields = 2_000;

type EntityNode = {
  fact: EntityFact;
  bases: { base: BaseFact; node: EntityNode | null; libraryName: string }[];
  extensions: EntityNode[];
  isEntity: boolean | null;
  fields: CodeField[] | null;
  relations: RelationFact[] | null;
};

/**
 * The entities of a project with everything that they inherit, and their relations. Base classes are followed through
 * imports. Mixins and abstract classes pass on their fields and are not entities themselves.
 */
export function* resolveEntities(factsByPath: ReadonlyMap<FilePath, FileFacts>): Steps<{
  entities: CodeEntity[];
  relationFacts: RelationFact[];
}> {
  const nodes = yield* linkBases(factsByPath);
  yield;
  const ownRelations = Map.groupBy(
    [...factsByPath.values()].flatMap(({ relations }) => relations),
    ({ path, fromEntity }) => `${path}#${fromEntity}`,
  );
  yield;
  const extended = linkExtensions(nodes);
  const listed = nodes.filter(
    (node) => node.fact.declaredAs !== "abstract" && !extended.has(node) && isEntity({ node, depth: 0 }),
  );
  yield;
  const known = new Set(nodes.map(({ fact: { path, name } }) => `${path}#${name}`));
  const names = new Set(listed.map(({ fact: { name } }) => name));
  // Some libraries declare relations in a separate file.
  const separateRelations = [...ownRelations].flatMap(([place, relations]) =>
    known.has(place) ? [] : relations.filter(({ fromEntity }) => names.has(fromEntity)),
  );
  const entities: CodeEntity[] = [];
  const relationFacts: RelationFact[] = [];
  for (const node of listed) {
    entities.push(toEntity(node));
    for (const relation of collectRelations({ node, ownRelations, depth: 0 }))
      relationFacts.push(toOwnRelation({ relation, node }));
    yield;
  }
  return { entities, relationFacts: [...relationFacts, ...separateRelations] };
}

function* linkBases(factsByPath: ReadonlyMap<FilePath, FileFacts>): Steps<EntityNode[]> {
  const nodes = [...factsByPath.values()].flatMap(({ entities }) =>
    entities.map((fact): EntityNode => ({
      fact,
      bases: [],
      extensions: [],
      isEntity: null,
      fields: null,
      relations: null,
    })),
  );
  yield;
  const resolve = createReferenceResolver({
    factsByPath,
    targets: nodes.map((node) => ({
      path: node.fact.path,
      name: node.fact.name,
      group: node.fact.family,
      value: node,
    })),
  });
  for (const node of nodes) {
    yield;
    const { path, family } = node.fact;
    node.bases = node.fact.bases.map((base) => {
      const { found, libraryName } = resolve({ path, name: base.name, group: family, except: node });
      return { base, node: found, libraryName };
    });
  }
  return nodes;
}

/** Adds each extension to its entity, the nearest with its name. Returns the extensions that were added. */
function linkExtensions(nodes: readonly EntityNode[]): ReadonlySet<EntityNode> {
  const extensions = nodes.filter(({ fact }) => fact.isExtension === true);
  const found = new Set<EntityNode>();
  if (extensions.length === 0) return found;
  const byName = Map.groupBy(
    nodes.filter(({ fact }) => fact.isExtension !== true),
    ({ fact: { family, name } }) => `${family} ${name}`,
  );
  for (const node of extensions) {
    const { family, name, path } = node.fact;
    const [target] = (byName.get(`${family} ${name}`) ?? []).toSorted(
      (a, b) => countShared(b.fact.path, path) - countShared(a.fact.path, path),
    );
    if (target === undefined) continue;
    target.extensions.push(node);
    found.add(node);
  }
  return found;
}

function isEntity({ node, depth }: { node: EntityNode; depth: number }): boolean {
  if (node.fact.declaredAs !== "subclass") return true;
  if (node.isEntity !== null) return node.isEntity;
  // A request for a class that is being computed means a cycle.
  node.isEntity = false;
  const isHeir =
    depth < maxDepth &&
    node.bases.some(({ node: base, libraryName }) =>
      base === null
        ? isLibraryBase({ family: node.fact.family, name: libraryName })
        : isEntity({ node: base, depth: depth + 1 }),
    );
  node.isEntity = isHeir;
  return isHeir;
}

function toEntity(node: EntityNode): CodeEntity {
  const {
    bases: _bases,
    family: _family,
    declaredAs: _declaredAs,
    isExtension: _isExtension,
    kind,
    ...fact
  } = node.fact;
  const tableName = fact.tableName ?? (classifyEntity(fact) === "table" ? inheritTableName(node) : undefined);
  return {
    ...fact,
    ...(tableName === undefined ? {} : { tableName }),
    kind: kind ?? inheritKind(node) ?? classifyEntity(fact),
    fields: addExtensions({ node, fields: collectFields({ node, depth: 0 }) }),
    ...(isExamplePath(fact.path) ? { isExample: true as const } : {}),
  };
}

/** A field that is declared in several places is that of the first. */
function addExtensions({ node, fields }: { node: EntityNode; fields: CodeField[] }): CodeField[] {
  if (node.extensions.length === 0) return fields;
  const byName = new Map<string, CodeField>();
  for (const field of [...fields, ...node.extensions.flatMap(({ fact }) => fact.fields)])
    if (!byName.has(field.name)) byName.set(field.name, field);
  return [...byName.values()];
}

/** The position of an inherited relation is its heir's declaration. */
function toOwnRelation({ relation, node: { fact } }: { relation: RelationFact; node: EntityNode }): RelationFact {
  return relation.fromEntity === fact.name && relation.path === fact.path
    ? relation
    : { ...relation, fromEntity: fact.name, path: fact.path, line: fact.line };
}

/** A subclass without its own table is stored in its base's table. */
function inheritTableName(node: EntityNode): string | undefined {
  return node.bases.flatMap(({ node: base }) => base?.fact.tableName ?? [])[0];
}

function inheritKind(node: EntityNode): CodeEntity["kind"] | undefined {
  const seen = new Set<EntityNode>();
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const { node: base, libraryName } of next.bases) {
      if (/^BaseSettings$/.test(libraryName)) return "settings";
      if (base !== null && node.fact.origin === base.fact.origin) pending.push(base);
    }
  }
  return undefined;
}

/** Bases first, in the order of the class declaration; a redeclared field keeps its position. */
function collectFields({ node, depth }: { node: EntityNode; depth: number }): CodeField[] {
  if (node.fields !== null) return node.fields;
  node.fields = node.fact.fields;
  if (depth >= maxDepth || node.bases.length === 0) return node.fields;
  const byName = new Map<string, CodeField>();
  for (const { base, node: from } of orderBases(node)) {
    if (from === null) continue;
    for (const field of collectFields({ node: from, depth: depth + 1 }))
      if (isInherited({ field, base })) byName.set(field.name, inherit({ field, base }));
    if (byName.size > maxInheritedFields) break;
  }
  for (const field of node.fact.fields) byName.set(field.name, field);
  node.fields = [...byName.values()];
  return node.fields;
}

/** In Python the first base wins, elsewhere the last one. */
function orderBases({ fact: { family }, bases }: EntityNode): EntityNode["bases"] {
  return family === "sqlalchemy" || family === "pydantic" || family === "django" ? bases.toReversed() : bases;
}

function isInherited({ field, base }: { field: CodeField; base: BaseFact }): boolean {
  return (base.only?.includes(field.name) ?? true) && base.without?.includes(field.name) !== true;
}

function inherit({ field, base }: { field: CodeField; base: BaseFact }): CodeField {
  return base.isOptional === undefined ? field : { ...field, isOptional: base.isOptional };
}

function collectRelations({
  node,
  ownRelations,
  depth,
}: {
  node: EntityNode;
  ownRelations: ReadonlyMap<string, readonly RelationFact[]>;
  depth: number;
}): RelationFact[] {
  if (node.relations !== null) return node.relations;
  const own = [...(ownRelations.get(`${node.fact.path}#${node.fact.name}`) ?? [])];
  node.relations = own;
  if (depth >= maxDepth) return own;
  const names = new Set(own.map(({ fieldName }) => fieldName));
  const inherited = node.bases
    .flatMap(({ node: base }) =>
      base === null ? [] : collectRelations({ node: base, ownRelations, depth: depth + 1 }),
    )
    .filter(({ fieldName }) => !names.has(fieldName));
  node.relations = [...inherited.slice(0, maxInheritedFields), ...own];
  return node.relations;
}
