import type { CodeEntity, CodeSchema, SourcePlace } from "#lib/contracts/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { comparePaths } from "../file-tree.ts";
import { assembleRelations } from "./assemble-relations.ts";
import { assembleRoutes } from "./assemble-routes.ts";
import type { EntityFact, FileFacts } from "./extract-file-facts.ts";

/**
 * The code schema of a project from what its files say: inheritance, relations and mounted routers are followed from
 * file to file. Everything is ordered by path, then line, whatever the map's order.
 */
export function assembleCodeSchema(factsByPath: ReadonlyMap<FilePath, FileFacts>): CodeSchema {
  const sorted = new Map([...factsByPath].toSorted(([a], [b]) => comparePaths(a, b)));
  const facts = [...sorted.values()];
  const entities = selectEntities(facts.flatMap((each) => each.entities));
  const { relations, extraFields } = assembleRelations({
    entities,
    relationFacts: facts.flatMap((each) => each.relations),
  });
  for (const { entity, field } of extraFields) entity.fields = inPlaceOrder([...entity.fields, field]);
  const partialPaths = [...sorted].flatMap(([path, { isPartial }]) => (isPartial === true ? [path] : []));
  return {
    entities: inPlaceOrder(entities),
    relations: inPlaceOrder(relations),
    enums: inPlaceOrder(facts.flatMap((each) => each.enums)),
    routes: inPlaceOrder(assembleRoutes(sorted)),
    exports: inPlaceOrder(facts.flatMap((each) => each.exports)),
    ...(partialPaths.length === 0 ? {} : { partialPaths }),
  };
}

/** Entities that are certain, and those that inherit from one of the same origin. */
function selectEntities(candidates: readonly EntityFact[]): CodeEntity[] {
  const certainNames = new Set(
    candidates.flatMap(({ name, isCertain, origin }) => (isCertain && origin === "pydantic" ? [name] : [])),
  );
  const heirsByBase = Map.groupBy(
    candidates
      .filter(({ isCertain }) => !isCertain)
      .flatMap(({ name, bases }) => bases.map((base) => ({ base, name }))),
    ({ base }) => base,
  );
  const pending = [...certainNames];
  while (pending.length > 0) {
    for (const { name } of heirsByBase.get(pending.pop() ?? "") ?? []) {
      if (certainNames.has(name)) continue;
      certainNames.add(name);
      pending.push(name);
    }
  }
  return candidates
    .filter(({ isCertain, name }) => isCertain || certainNames.has(name))
    .map(({ bases: _bases, isCertain: _isCertain, ...entity }) => entity);
}

function inPlaceOrder<Place extends SourcePlace>(places: readonly Place[]): Place[] {
  return places.toSorted((a, b) => comparePaths(a.path, b.path) || a.line - b.line);
}
