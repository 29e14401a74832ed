import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { assembleCodeSchema } from "#server/core/schema-extraction/assemble-code-schema.ts";
import { extractFileFacts, type FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import { isSchemaSource } from "#server/core/schema-extraction/is-schema-source.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { printTable } from "../bench-table.ts";
import { GitHistory } from "../git-history.ts";
import { extractorCases, type ExtractorCase } from "./cases.ts";
import { heldOutCases } from "./held-out-cases.ts";
import type { Labels, SourceFile } from "./label.ts";

/**
 * Compares what extractors find in public repositories with the declarations counted by independent patterns.
 * Repositories are read from a folder with one folder `owner+name` each; none is part of this project.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: "boolean", default: false },
    only: { type: "string" },
    "held-out": { type: "boolean", default: false },
  },
});
const folder = resolve(positionals[0] ?? ".");
const parser = await loadSourceParser();
const maxFileBytes = 1_500_000;

type Row = {
  extractor: string;
  repository: string;
  what: string;
  declared: string;
  found: string;
  wrong: string;
  missed: string;
};

/** Repositories with both models and migrations, each of which labels the other. */
const migrated = ["miguelgrinberg/microblog", "fastapi/full-stack-fastapi-template"];

/** Repositories with SQL migrations and a dump of their result, `schema.sql`. */
const dumped = ["techschool/simplebank"];

const rows: Row[] = [];
const read = new Map<string, { files: SourceFile[]; schema: CodeSchema; facts: Map<FilePath, FileFacts> }>();
for (const each of values["held-out"] ? heldOutCases : extractorCases) {
  if (values.only !== undefined && !each.extractor.startsWith(values.only)) continue;
  const repository = join(folder, each.repository.replace("/", "+"));
  const gitDirectory = [repository, join(repository, "repo")].find(
    (path) => existsSync(join(path, "HEAD")) || existsSync(join(path, ".git")),
  );
  if (gitDirectory === undefined) {
    console.log(`not there: ${each.repository}`);
    continue;
  }
  const known = read.get(gitDirectory) ?? (await readRepository(gitDirectory));
  read.set(gitDirectory, known);
  rows.push(...compare({ each, ...known }));
}
for (const repository of migrated) rows.push(...compareMigrations(repository));
for (const repository of dumped) rows.push(...compareSqlMigrations(repository));
printTable(
  {
    extractor: "extractor",
    repository: "repository",
    what: "what",
    declared: "declared",
    found: "found",
    wrong: "wrong",
    missed: "missed",
  },
  rows,
);
for (const what of ["entities", "fields", "routes"]) {
  const of = rows.filter((row) => row.what === what);
  const sum = (key: "declared" | "wrong" | "missed") => of.reduce((total, row) => total + Number(row[key]), 0);
  const share = (count: number) => `${((100 * count) / Math.max(1, sum("declared"))).toFixed(1)} %`;
  console.log(
    `${what}: ${sum("declared")} declared, found ${share(sum("declared") - sum("missed"))}, wrong ${share(sum("wrong"))}`,
  );
}

/** Compares the tables from migrations alone with those that the models declare, by table and column names. */
function compareMigrations(repository: string): Row[] {
  const known = [...read].find(([directory]) => directory.includes(repository.replace("/", "+")))?.[1];
  if (known === undefined) return [];
  const steps = new Map(
    [...known.facts].map(([path, facts]): [FilePath, FileFacts] => [path, { ...facts, entities: [] }]),
  );
  return compareNames({
    extractor: "alembic",
    repository,
    built: assembleCodeSchema(steps).entities.filter(({ origin }) => origin === "alembic"),
    models: known.schema.entities.filter(({ origin }) => origin === "sqlalchemy"),
  });
}

/** Compares the tables that SQL migrations create with those of the dump. */
function compareSqlMigrations(repository: string): Row[] {
  const facts = [...read].find(([directory]) => directory.includes(repository.replace("/", "+")))?.[1].facts;
  if (facts === undefined) return [];
  const tablesOf = (isWanted: (path: string) => boolean) =>
    assembleCodeSchema(new Map([...facts].filter(([path]) => path.endsWith(".sql") && isWanted(path)))).entities;
  const isDump = (path: string) => /(?:^|\/)schema\.sql$/.test(path);
  return compareNames({
    extractor: "sql-ddl (migrations)",
    repository,
    built: tablesOf((path) => !isDump(path)),
    models: tablesOf(isDump),
  });
}

function compareNames({
  extractor,
  repository,
  built,
  models,
}: {
  extractor: string;
  repository: string;
  built: CodeSchema["entities"];
  models: CodeSchema["entities"];
}): Row[] {
  const namesOf = (entities: CodeSchema["entities"], columns: boolean) =>
    new Set(
      entities.flatMap(({ name, tableName, fields }) => {
        const table = (tableName ?? name).toLowerCase();
        return columns ? fields.map((field) => `${table}.${field.name}`) : [table];
      }),
    );
  return (["entities", "fields"] as const).map((what): Row => {
    const declared = namesOf(models, what === "fields");
    const found = namesOf(built, what === "fields");
    const { wrong, missed } = countDifference({ declared, found, isByFile: false });
    if (values.verbose) console.log(extractor, repository, what, "wrong", wrong, "missed", missed);
    return {
      extractor,
      repository,
      what,
      declared: String(declared.size),
      found: String(found.size),
      wrong: String(wrong.length),
      missed: String(missed.length),
    };
  });
}

async function readRepository(directory: string) {
  const history = new GitHistory(directory);
  const files: SourceFile[] = [];
  const facts = new Map<FilePath, FileFacts>();
  for (const [path, { id, sizeBytes }] of history.listFiles("HEAD")) {
    if (!isSchemaSource(path) || sizeBytes > maxFileBytes) continue;
    const text = (await history.readContent(id))?.toString("utf8");
    if (text === undefined) continue;
    files.push({ path, text });
    const found = extractFileFacts({ path: path as FilePath, text, parser });
    if (found !== null) facts.set(path as FilePath, found);
  }
  history.close();
  return { files, facts, schema: assembleCodeSchema(facts) };
}

function compare({ each, files, schema }: { each: ExtractorCase; files: SourceFile[]; schema: CodeSchema }): Row[] {
  const labels = each.label(files);
  const entities = schema.entities.filter(
    ({ origin, path }) => each.origins?.includes(origin) === true && each.entitiesIn?.test(path) !== false,
  );
  const routes = schema.routes.filter(({ path }) => each.routesIn?.test(path) === true);
  const found: Labels = {
    entities: new Set(entities.map(({ path, line }) => `${path}:${line}`)),
    fields: new Set(entities.flatMap(({ fields }) => fields.map(({ path, line }) => `${path}:${line}`))),
    routes: new Set(routes.map(({ path, line }) => `${path}:${line}`)),
  };
  return (["entities", "fields", "routes"] as const).flatMap((what): Row[] => {
    const declared = labels[what];
    if (declared === undefined || (declared.size === 0 && what !== "entities")) return [];
    const { wrong, missed } = countDifference({
      declared,
      found: found[what] ?? new Set(),
      isByFile: what === "routes",
    });
    if (values.verbose) {
      for (const place of wrong) console.log(`${each.extractor} ${each.repository} ${what} wrong ${place}`);
      for (const place of missed) console.log(`${each.extractor} ${each.repository} ${what} missed ${place}`);
    }
    return [
      {
        extractor: each.extractor,
        repository: each.repository,
        what,
        declared: String(declared.size),
        found: String(found[what]?.size ?? 0),
        wrong: String(wrong.length),
        missed: String(missed.length),
      },
    ];
  });
}

/**
 * Counts the routes of each file instead of comparing lines, because a decorator and its function are on different
 * lines.
 */
function countDifference({
  declared,
  found,
  isByFile,
}: {
  declared: Set<string>;
  found: Set<string>;
  isByFile: boolean;
}) {
  if (!isByFile)
    return {
      wrong: [...found].filter((place) => !declared.has(place)),
      missed: [...declared].filter((place) => !found.has(place)),
    };
  const fileOf = (place: string) => place.slice(0, place.lastIndexOf(":"));
  const left = Map.groupBy(declared, fileOf);
  const right = Map.groupBy(found, fileOf);
  const beyond = (a: Map<string, string[]>, b: Map<string, string[]>) =>
    [...a].flatMap(([file, places]) => places.slice(b.get(file)?.length ?? 0));
  return { wrong: beyond(right, left), missed: beyond(left, right) };
}
