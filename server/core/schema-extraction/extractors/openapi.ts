import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode, type YAMLMap } from "yaml";
import type { CodeEnum, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { BaseFact, EntityFact, FileFacts, RouteFact } from "../extract-file-facts.ts";
import type { FactExtractor } from "./fact-extractor.ts";

/** A longer description is generated from code that is read anyway, and takes seconds to parse. */
const maxTextLength = 1_500_000;
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const namedFile = /(?:openapi|swagger|oas|(?:^|[^a-z])api(?:[^a-z]|$))[^/]*\.(?:ya?ml|json)$/i;
const inNamedFolder = /(?:^|\/)(?:openapi|swagger|api-?spec|specs?)\/(?:.*\/)?[^/]+\.(?:ya?ml|json)$/i;

/** Paths and schemas of OpenAPI 3 and Swagger 2, in YAML or JSON. */
export const openapiExtractor: FactExtractor = {
  name: "openapi",
  handles: (path) => namedFile.test(path.slice(path.lastIndexOf("/") + 1)) || inNamedFolder.test(path),
  extract({ path, text }) {
    if (text.length > maxTextLength || !/^\s*(?:[{,]\s*)?["']?(?:openapi|swagger)["']?\s*:/m.test(text)) return {};
    const lines = new LineCounter();
    let root: unknown;
    try {
      root = parseDocument(text, { lineCounter: lines, logLevel: "silent", uniqueKeys: false }).contents;
    } catch {
      return {};
    }
    return isMap(root) ? readDescription({ root, lines, path }) : {};
  },
};

type Entry = { key: string; value: unknown; line: number };

function listEntries({ map, lines }: { map: unknown; lines: LineCounter }): Entry[] {
  if (!isMap(map)) return [];
  return map.items.flatMap(({ key, value }): Entry[] => {
    const name = isScalar(key) ? String(key.value) : null;
    const offset = (key as YamlNode | null)?.range?.[0];
    return name === null ? [] : [{ key: name, value, line: offset === undefined ? 1 : lines.linePos(offset).line }];
  });
}

function readScalar(map: unknown, key: string): string | null {
  const value = isMap(map) ? (map as YAMLMap).get(key) : undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

function readNode(map: unknown, key: string): unknown {
  const value = isMap(map) ? (map as YAMLMap).get(key, true) : undefined;
  return isAlias(value) ? undefined : value;
}

function readDescription({
  root,
  lines,
  path,
}: {
  root: YAMLMap;
  lines: LineCounter;
  path: FilePath;
}): Partial<FileFacts> {
  const schemas = readNode(readNode(root, "components"), "schemas") ?? readNode(root, "definitions");
  const found = listEntries({ map: schemas, lines }).map((entry) => readSchema({ entry, lines, path }));
  return {
    entities: found.flatMap(({ entity }) => entity ?? []),
    enums: found.flatMap(({ enums }) => enums),
    routes: readRoutes({ root, lines, path }),
  };
}

/** The base path of versions before 3, or the path of the only server. */
function readBasePath(root: YAMLMap): string {
  const basePath = readScalar(root, "basePath");
  if (basePath !== null) return basePath;
  const servers = readNode(root, "servers");
  const url = isSeq(servers) && servers.items.length === 1 ? readScalar(servers.items[0], "url") : null;
  return (url ?? "").replace(/^[a-z]+:\/\/[^/]*/i, "");
}

function readRoutes({ root, lines, path }: { root: YAMLMap; lines: LineCounter; path: FilePath }): RouteFact[] {
  const base = readBasePath(root).replace(/\/$/, "");
  return listEntries({ map: readNode(root, "paths"), lines }).flatMap(({ key, value }) =>
    listEntries({ map: value, lines }).flatMap((entry): RouteFact[] =>
      methods.includes(entry.key)
        ? [
            {
              method: entry.key.toUpperCase(),
              route: `${base}${key}`,
              handler: readScalar(entry.value, "operationId") ?? "",
              isDescription: true,
              path,
              line: entry.line,
            },
          ]
        : [],
    ),
  );
}

function readSchema({
  entry: { key: name, value, line },
  lines,
  path,
}: {
  entry: Entry;
  lines: LineCounter;
  path: FilePath;
}): { entity: EntityFact | null; enums: CodeEnum[] } {
  const values = readEnum(value);
  if (values.length > 0) return { entity: null, enums: [{ name, values, path, line }] };
  const parts = readNode(value, "allOf");
  const joined = [value, ...(isSeq(parts) ? parts.items : [])];
  const bases = joined.flatMap((part): BaseFact[] => {
    const reference = part === value ? null : readReference(part);
    return reference === null ? [] : [{ name: reference }];
  });
  const required = new Set(joined.flatMap((part) => listTexts(readNode(part, "required"))));
  const properties = joined.flatMap((part) => listEntries({ map: readNode(part, "properties"), lines }));
  const fields = properties.map((property) => readField({ property, isRequired: required.has(property.key), path }));
  const enums = properties.flatMap((property): CodeEnum[] => {
    const own = readEnum(property.value);
    return own.length === 0 ? [] : [{ name: `${name}.${property.key}`, values: own, path, line: property.line }];
  });
  if (fields.length + bases.length === 0) return { entity: null, enums };
  return {
    entity: { name, origin: "openapi", fields, bases, family: "openapi", declaredAs: "entity", path, line },
    enums,
  };
}

function listTexts(list: unknown): string[] {
  return isSeq(list) ? list.items.flatMap((item) => (isScalar(item) ? String(item.value) : [])) : [];
}

function readEnum(schema: unknown): string[] {
  return listTexts(readNode(schema, "enum")).filter((value) => value !== "null");
}

/** `#/components/schemas/Pet` and `./pets.yaml#/Pet` refer to Pet. */
function readReference(schema: unknown): string | null {
  const reference = readScalar(schema, "$ref");
  return reference === null ? null : reference.slice(reference.lastIndexOf("/") + 1).replace(/\.(?:ya?ml|json)$/, "");
}

function readField({
  property: { key: name, value, line },
  isRequired,
  path,
}: {
  property: Entry;
  isRequired: boolean;
  path: FilePath;
}): CodeField {
  const type = spellType(value, 0);
  const field: CodeField = {
    name,
    type: type.text,
    isOptional: !isRequired || type.isNullable,
    isList: type.isList,
    isPrimaryKey: false,
    isUnique: false,
    path,
    line,
  };
  const made = readScalar(value, "default");
  if (made !== null) field.defaultValue = made;
  return field;
}

const maxDepth = 5;

function spellType(schema: unknown, depth: number): { text: string; isList: boolean; isNullable: boolean } {
  const reference = readReference(schema);
  if (reference !== null) return { text: reference, isList: false, isNullable: false };
  const listed = listTexts(readNode(schema, "type"));
  const types = listed.length > 0 ? listed : [readScalar(schema, "type") ?? ""];
  const isNullable = types.includes("null") || readScalar(schema, "nullable") === "true";
  const type = types.find((each) => each !== "null") ?? "";
  if (type === "array") {
    const items = depth < maxDepth ? spellType(readNode(schema, "items"), depth + 1).text : "";
    return { text: `${items}[]`, isList: true, isNullable };
  }
  const options = ["allOf", "oneOf", "anyOf"].flatMap((key) => {
    const list = readNode(schema, key);
    return isSeq(list) && depth < maxDepth ? list.items.map((item) => spellType(item, depth + 1).text) : [];
  });
  if (type === "" && options.length > 0) {
    const named = options.filter((option) => option !== "null" && option !== "");
    return { text: named.join(" | "), isList: false, isNullable: isNullable || options.includes("null") };
  }
  const format = readScalar(schema, "format") ?? readScalar(schema, "maxLength");
  return { text: format === null ? type : `${type}(${format})`, isList: false, isNullable };
}
