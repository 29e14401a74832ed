import type {
  CodeEntity,
  CodeRoute,
  EntityLayer,
  EntityLayers,
  SourcePlace,
} from "#lib/contracts/versions/code-schema.ts";
import type { TableHistory } from "./assemble-migrations.ts";
import { singularizeNoun } from "../inflect-noun.ts";
import type { Steps } from "../../steps.ts";

/** Words that name a layer or an action, and say nothing about the concept. */
const affixes: ReadonlySet<string> = new Set(
  (
    "z create creation update patch upsert edit new delete remove insert select register read get find list add set public private " +
    "request response result results reply out output in input body payload args params query form filter props base schema schemas " +
    "dto model entity table type types data info detail details row record summary all many one by id with"
  ).split(" "),
);
/** The order in which layers are listed. */
const layerOrder: readonly EntityLayer[] = ["table", "migration", "request", "response", "type", "route", "screen"];
/** With fewer tables, no layer counts as usual. */
const minTablesForUsual = 3;
/** The maximum number of places listed per concept. */
const maxPlaces = 200;

type Place = EntityLayers["layers"][number];
type Thing = { name: string; words: string[]; places: Place[] };

/**
 * The layers of each concept: the table, requests and responses, client types, migrations, routes and screens, linked
 * by the words of their names. Concepts without a table are omitted.
 */
export function* linkLayers({
  entities,
  routes,
  history,
}: {
  entities: readonly CodeEntity[];
  routes: readonly CodeRoute[];
  history: readonly TableHistory[];
}): Steps<EntityLayers[]> {
  const things = new Map<string, Thing>();
  const byTable = new Map<string, Thing>();
  const tables = entities.filter(({ kind, isExample }) => kind === "table" && isExample !== true);
  for (const { name, tableName = name, path, line } of tables) {
    const words = listWords(name);
    const thing = things.get(words.join(" ")) ?? { name, words, places: [] };
    thing.places.push({ layer: "table", name, path, line });
    things.set(words.join(" "), thing);
    byTable.set(tableName.toLowerCase(), thing);
    yield;
  }
  const add = (thing: Thing | undefined, layer: EntityLayer, { path, line, name }: SourcePlace & { name: string }) => {
    if (thing !== undefined && thing.places.length < maxPlaces) thing.places.push({ layer, name, path, line });
  };
  for (const { table, path, line } of history) {
    add(byTable.get(table.toLowerCase()) ?? things.get(listWords(table).join(" ")), "migration", {
      path,
      line,
      name: table,
    });
    yield;
  }
  for (const entity of entities) {
    yield;
    if (entity.kind === "table" || entity.kind === "settings" || entity.isExample === true) continue;
    add(
      things.get(stripAffixes(listWords(entity.name)).join(" ")),
      entity.kind === "other" ? "type" : entity.kind,
      entity,
    );
  }
  const findThing = createRouteFinder([...things.values()]);
  for (const { method, route, path, line, isExample } of routes) {
    if (isExample !== true)
      add(findThing(route), method === "PAGE" ? "screen" : "route", { path, line, name: `${method} ${route}` });
    yield;
  }
  yield;
  return describe([...things.values()]);
}

/** The words of a name, the last one in the singular: `OrderLines` and `order_line` are equal. */
function listWords(name: string): string[] {
  const words = name
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3 $2")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "");
  const last = words.at(-1);
  return last === undefined ? [] : [...words.slice(0, -1), singularizeNoun(last)];
}

/** `CreateCommentRequest` and `comments_public` belong to a comment. */
function stripAffixes(words: readonly string[]): string[] {
  let from = 0;
  let to = words.length;
  while (to - from > 1 && affixes.has(words[from] ?? "")) from += 1;
  while (to - from > 1 && affixes.has(words[to - 1] ?? "")) to -= 1;
  const kept = words.slice(from, to);
  const last = kept.at(-1);
  return last === undefined ? [] : [...kept.slice(0, -1), singularizeNoun(last)];
}

/** A route belongs to the last concept that it names; if several names match there, to the longest. */
function createRouteFinder(things: readonly Thing[]): (route: string) => Thing | undefined {
  const byWords = new Map(things.map((thing) => [thing.words.join(" "), thing]));
  const longest = Math.max(0, ...things.map(({ words }) => words.length));
  return (route) => {
    for (const segment of route.split(/[/.]/).toReversed()) {
      if (/^[:{<[$*]/.test(segment)) continue;
      const words = segment.split(/[-_]/).flatMap((part) => listWords(part));
      for (let length = Math.min(longest, words.length); length > 0; length -= 1)
        for (let from = words.length - length; from >= 0; from -= 1) {
          const part = words.slice(from, from + length);
          const found = byWords.get([...part.slice(0, -1), singularizeNoun(part.at(-1) ?? "")].join(" "));
          if (found !== undefined) return found;
        }
    }
    return undefined;
  };
}

function describe(things: readonly Thing[]): EntityLayers[] {
  const has = ({ places }: Thing, layer: EntityLayer) => places.some((place) => place.layer === layer);
  const usual =
    things.length < minTablesForUsual
      ? []
      : layerOrder.filter((layer) => things.filter((thing) => has(thing, layer)).length * 2 > things.length);
  return things.map((thing) => ({
    name: thing.name,
    layers: thing.places.toSorted((a, b) => layerOrder.indexOf(a.layer) - layerOrder.indexOf(b.layer)),
    missing: usual.filter((layer) => !has(thing, layer)),
  }));
}
