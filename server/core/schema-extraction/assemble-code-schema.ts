import type { CodeSchema, SourcePlace } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { comparePaths } from "../file-tree.ts";
import { assembleMigrations } from "./assembly/assemble-migrations.ts";
import { assembleRelations } from "./assembly/assemble-relations.ts";
import { assembleRoutes } from "./assembly/assemble-routes.ts";
import { finishSteps, type Steps } from "../steps.ts";
import type { FileFacts } from "./extract-file-facts.ts";
import { linkLayers } from "./assembly/link-layers.ts";
import { resolveEntities } from "./assembly/resolve-entities.ts";

/**
 * Assembles a project's code schema from the facts of its files: inheritance, relations and mounted routers are
 * followed across files. Everything is sorted by path, then line, regardless of the map's order.
 */
export function assembleCodeSchema(factsByPath: ReadonlyMap<FilePath, FileFacts>): CodeSchema {
  return finishSteps(assembleInSteps(factsByPath));
}

/** The same in steps, because several thousand files would block the process too long. */
export function* assembleInSteps(factsByPath: ReadonlyMap<FilePath, FileFacts>): Steps<CodeSchema> {
  const sorted = new Map([...factsByPath].toSorted(([a], [b]) => comparePaths(a, b)));
  const facts = [...sorted.values()];
  const { entities: declared, relationFacts } = yield* resolveEntities(sorted);
  const { entities, history } = yield* assembleMigrations({ factsByPath: sorted, entities: declared });
  const { relations, extraFields } = yield* assembleRelations({ entities, relationFacts });
  for (const { entity, field } of extraFields) entity.fields = inPlaceOrder([...entity.fields, field]);
  const routes = inPlaceOrder(yield* assembleRoutes(sorted));
  const layers = yield* linkLayers({ entities: inPlaceOrder(entities), routes, history });
  yield;
  const partialPaths = [...sorted].flatMap(([path, { isPartial }]) => (isPartial === true ? [path] : []));
  const exports = inPlaceOrder(facts.flatMap((each) => each.exports));
  yield;
  const ordered = { entities: inPlaceOrder(entities), relations: inPlaceOrder(relations) };
  yield;
  return {
    ...ordered,
    enums: inPlaceOrder(facts.flatMap((each) => each.enums)),
    routes,
    exports,
    ...(layers.length === 0 ? {} : { layers }),
    ...(partialPaths.length === 0 ? {} : { partialPaths }),
  };
}

function inPlaceOrder<Place extends SourcePlace>(places: readonly Place[]): Place[] {
  return places.toSorted((a, b) => comparePaths(a.path, b.path) || a.line - b.line);
}
