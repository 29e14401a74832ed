import type { SchemaDiff, SchemaTables } from "#lib/contracts/comparisons/schema-diff.ts";
import type { CodeEntity } from "#lib/contracts/versions/code-schema.ts";

type Schemas = { before: SchemaTables; after: SchemaTables };

/**
 * The entities of two schemas that differ, whole, and those related to one of them, with the fields that relate them.
 * Its size grows with what changed, not with the schemas.
 */
export function narrowToChanges({ before, after, diff }: Schemas & { diff: SchemaDiff }): Schemas {
  const names = new Set(listChangedNames(diff));
  const entities = [...before.entities, ...after.entities];
  const changed = entities.filter(({ name }) => names.has(name));
  const changedKeys = new Set(changed.flatMap(listKeys));
  const isChanged = (reference: string) => refersTo({ reference, keys: changedKeys });
  // Of both versions, because what one of them relates may be unrelated in the other.
  const ends = [...before.relations, ...after.relations]
    .map(({ fromEntity, toEntity }) => [fromEntity, toEntity])
    .filter((pair) => pair.some(isChanged))
    .flat();
  const relatedKeys = new Set([...ends, ...changed.flatMap(listReferences)].flatMap(listReferenceKeys));
  const isRelated = (entity: CodeEntity) =>
    listKeys(entity).some((key) => relatedKeys.has(key)) || listReferences(entity).some(isChanged);
  const keys = new Set([...changedKeys, ...entities.filter(isRelated).flatMap(listKeys)]);
  const narrow = (schema: SchemaTables): SchemaTables => ({
    entities: schema.entities.flatMap((entity) => {
      if (names.has(entity.name)) return [entity];
      const fields = entity.fields.filter(({ references }) => references !== undefined);
      return isRelated(entity) ? [{ ...entity, fields }] : [];
    }),
    relations: schema.relations.filter(({ fromEntity, toEntity }) =>
      [fromEntity, toEntity].every((reference) => refersTo({ reference, keys })),
    ),
  });
  return { before: narrow(before), after: narrow(after) };
}

/** Of both versions: a renamed entity has another name in each. */
function listChangedNames({ entities, fields, relations }: SchemaDiff): string[] {
  const ofEntities = entities.flatMap(({ name, previousName }) => [name, previousName ?? name]);
  const ofParts = [...fields, ...relations].flatMap(({ name, previousName }) => [name, previousName ?? name]);
  return [...ofEntities, ...ofParts.map((name) => name.slice(0, name.lastIndexOf(".")))];
}

/** The names under which others refer to an entity. */
function listKeys({ name, tableName = name }: CodeEntity): string[] {
  return [name.toLowerCase(), tableName.toLowerCase()];
}

function refersTo({ reference, keys }: { reference: string; keys: ReadonlySet<string> }): boolean {
  return listReferenceKeys(reference).some((key) => keys.has(key));
}

/** The whole name, and the part after its schema or module. */
function listReferenceKeys(reference: string): string[] {
  const key = reference.toLowerCase();
  return [key, key.slice(key.lastIndexOf(".") + 1)];
}

/** What the entity's foreign keys refer to, without the column. */
function listReferences({ fields }: CodeEntity): string[] {
  return fields.flatMap(({ references }) => (references === undefined ? [] : [references.replace(/\.[^.]*$/, "")]));
}
