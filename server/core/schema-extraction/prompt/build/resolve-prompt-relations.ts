import { singularizeNoun } from "#server/core/schema-extraction/inflect-noun.ts";
import { addPlainField, type BelongsToEdge, type DraftEntity, type SharedEdge } from "./draft-entities.ts";
import { toPascalCase, toSnakeCase } from "../name-case.ts";
import type { PromptStatement } from "../prompt-statement.ts";
import { isPersonEntity } from "../read-entity-noun.ts";
import { readFieldPhrase, type FieldPhrase } from "../read-field-phrase.ts";
import { labelEntities, userRoles } from "../vocabulary.ts";

/** Adds fields and references to the drafts, and returns the relations between them. */
export function resolvePromptRelations({
  statements,
  drafts,
}: {
  statements: readonly PromptStatement[];
  drafts: Map<string, DraftEntity>;
}): {
  edges: BelongsToEdge[];
  shared: SharedEdge[];
} {
  const edges: BelongsToEdge[] = [];
  const shared: SharedEdge[] = [];
  const hasMany: SharedEdge[] = [];
  const addEdge = (edge: BelongsToEdge) => {
    const same = edges.find((other) => other.from === edge.from && other.to === edge.to && other.role === edge.role);
    if (same !== undefined) {
      same.isOptional ||= edge.isOptional;
      return;
    }
    edges.push(edge);
    drafts.get(edge.from)?.parts.push({ kind: "reference", edge });
  };
  const addField = ({ entity, field, line }: { entity: string; field: FieldPhrase; line: number }) => {
    const target = findTarget({ entity, field, drafts });
    if (target === null) addPlainField({ draft: drafts.get(entity), field, line });
    else if (target.isMany) hasMany.push({ from: entity, to: target.name, line });
    else
      addEdge({
        from: entity,
        to: target.name,
        role: target.role,
        isOptional: field.isOptional || target.name === entity,
        isUnique: field.isUnique,
        line,
      });
  };
  for (const statement of statements) {
    const { entity, line } = statement;
    if (statement.kind === "field") addField({ entity, field: statement.field, line });
    else if (statement.kind === "belongs-to") {
      const { target, role, isOptional, isTentative } = statement;
      if (drafts.has(target))
        addEdge({
          from: entity,
          to: target,
          role: chooseRole({ entity, target, role }),
          isOptional: isOptional || target === entity,
          isUnique: false,
          line,
        });
      else if (isTentative) {
        const field = readFieldPhrase(toSnakeCase(target));
        // "Belongs or …": a word that cannot be a name has no meaning here.
        if (field !== null) addField({ entity, field, line });
      }
    } else if (statement.kind === "has-one") {
      const { target, field } = statement;
      if (!drafts.has(target) || field.typeName !== null) addField({ entity, field, line });
      else if (!edges.some((edge) => edge.from === entity && edge.to === target)) {
        addEdge({ from: target, to: entity, role: toSnakeCase(entity), isOptional: false, isUnique: true, line });
      }
    } else if (statement.kind === "has-many") hasMany.push({ from: entity, to: statement.target, line });
    else if (statement.kind === "many-to-many")
      addShared({ shared, edge: { from: entity, to: statement.target, line } });
  }
  for (const edge of hasMany) resolveHasMany({ edge, hasMany, edges, shared, addEdge });
  return { edges, shared };
}

/** "Has many" in both directions, or of labels, is many-to-many; otherwise the many side belongs to the one. */
function resolveHasMany({
  edge,
  hasMany,
  edges,
  shared,
  addEdge,
}: {
  edge: SharedEdge;
  hasMany: readonly SharedEdge[];
  edges: readonly BelongsToEdge[];
  shared: SharedEdge[];
  addEdge: (edge: BelongsToEdge) => void;
}): void {
  const { from, to, line } = edge;
  if (edges.some((other) => other.from === to && other.to === from)) return;
  if (shared.some((other) => (other.from === from && other.to === to) || (other.from === to && other.to === from)))
    return;
  const isMutual = from !== to && hasMany.some((other) => other.from === to && other.to === from);
  if (isMutual || (labelEntities.has(to) && from !== to)) addShared({ shared, edge });
  else
    addEdge({
      from: to,
      to: from,
      role: from === to ? "parent" : toSnakeCase(from),
      isOptional: from === to,
      isUnique: false,
      line,
    });
}

function addShared({ shared, edge }: { shared: SharedEdge[]; edge: SharedEdge }): void {
  const isKnown = shared.some(
    (other) => (other.from === edge.from && other.to === edge.to) || (other.from === edge.to && other.to === edge.from),
  );
  if (!isKnown) shared.push(edge);
}

function chooseRole({ entity, target, role }: { entity: string; target: string; role: string | null }): string {
  if (entity === target) return role ?? "parent";
  // "Written by an author" keeps the name author; "assigned to a team" does not make the team an assignee.
  return role !== null && isPersonEntity(target) ? role : toSnakeCase(target);
}

/** The entity that a field refers to: by its name, by its type, or as a user's role. */
function findTarget({
  entity,
  field,
  drafts,
}: {
  entity: string;
  field: FieldPhrase;
  drafts: ReadonlyMap<string, DraftEntity>;
}): {
  name: string;
  role: string;
  isMany: boolean;
} | null {
  const role = field.name.replace(/_ids?$/, "");
  const named = toPascalCase(singularizeNoun(role));
  if (field.typeName !== null && drafts.has(field.typeName))
    return { name: field.typeName, role, isMany: field.isList };
  if (field.isEnum) return null;
  const hasIdSuffix = role !== field.name;
  if (field.isTypeStated && !hasIdSuffix) return null;
  if (drafts.has(named) && named !== entity)
    return { name: named, role: singularizeNoun(role), isMany: field.isList || singularizeNoun(role) !== role };
  if (named === `Parent${entity}` || named === "Parent" || (named === entity && hasIdSuffix))
    return { name: entity, role: "parent", isMany: false };
  if (userRoles.has(role) && drafts.has("User") && entity !== "User") return { name: "User", role, isMany: false };
  const suffix = [...drafts.keys()].find((name) => named.endsWith(name) && named !== name && name !== entity);
  return suffix === undefined || field.isList || !toSnakeCase(named).endsWith(`_${toSnakeCase(suffix)}`)
    ? null
    : { name: suffix, role, isMany: false };
}
