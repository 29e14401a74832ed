import { listLines, placesOf, type Labeller, type SourceFile } from "./label.ts";

const isScript = ({ path }: SourceFile) => /\.[cm]?[jt]sx?$/.test(path) && !/\.(?:d|spec|test)\.[jt]s$/.test(path);
const isGo = ({ path }: SourceFile) => path.endsWith(".go") && !/(?:^|\/)vendor\/|_test\.go$/.test(path);

/** Structs with a field tagged for storage or transport, and their fields. Embedded fields have no name. */
export const labelGoStructs: Labeller = (files) => {
  const labels = { entities: new Set<string>(), fields: new Set<string>() };
  for (const file of files.filter(isGo)) {
    const lines = listLines(file);
    for (const [at, { place, line }] of lines.entries()) {
      if (!/^type \w+ struct \{\s*$/.test(line)) continue;
      const end = lines.findIndex((each, index) => index > at && each.line.trimEnd() === "}");
      const body = lines.slice(at + 1, end);
      if (!body.some((each) => /`[^`]*\b(?:json|gorm|db|bson|bun|form):/.test(each.line))) continue;
      labels.entities.add(place);
      for (const each of body) if (/^\t[A-Z]\w*\s+[^\s`]/.test(each.line)) labels.fields.add(each.place);
    }
  }
  return labels;
};

/**
 * Calls on a router: `r.GET("/tags", …)` of gin, `r.Get("/", …)` of chi, `mux.Handle("/", …)` of the standard library.
 */
export const labelGoRoutes: Labeller = (files) => ({
  routes: placesOf({
    files,
    pattern: /^\s+\w+\.(?:GET|POST|PUT|PATCH|DELETE|Any|Get|Post|Put|Patch|Delete|Handle|HandleFunc)\("/gm,
    isWanted: (file) => isGo(file) && /gin-gonic\/gin"|go-chi\/chi|http\.NewServeMux/.test(file.text),
  }),
});

/** The line after each column decorator. */
export const labelTypeorm: Labeller = (files) => {
  const sources = files.filter((file) => isScript(file) && /from ["']typeorm["']/.test(file.text));
  return {
    entities: placesOf({ files: sources, pattern: /@Entity\([^)]*\)\s*export (?:default )?class (?<at>\w+)/g }),
    fields: placesOf({
      files: sources,
      pattern:
        /@(?:Primary(?:Generated)?Column|Column|CreateDateColumn|UpdateDateColumn)\((?:[^()]|\([^()]*\))*\)(?:\s*@\w+\([^()]*\))*\s*(?<at>\w+)[?!]?:/g,
    }),
  };
};

export const labelNest: Labeller = (files) => ({
  routes: placesOf({
    files,
    pattern: /^\s+@(?:Get|Post|Put|Patch|Delete|All)\(/gm,
    isWanted: (file) => isScript(file) && /@Controller\(/.test(file.text),
  }),
});

/** By prettier's indentation: the fields of a schema are indented by four, and its two timestamps are one line. */
export const labelMongoose: Labeller = (files) => {
  const labels = { entities: new Set<string>(), fields: new Set<string>() };
  for (const file of files.filter(isScript)) {
    let isInSchema = false;
    for (const { place, line } of listLines(file)) {
      if (/^(?:export )?const \w+ = (?:new )?(?:mongoose\.)?Schema\($/.test(line)) {
        isInSchema = true;
        labels.entities.add(place);
      } else if (/^ {2}\}/.test(line)) isInSchema = false;
      else if (/^ {4}timestamps: true/.test(line) || (isInSchema && /^ {4}\w+: /.test(line))) labels.fields.add(place);
    }
  }
  return labels;
};

/** `router.post("/", …)` and the verbs after `router.route("/")`, in files that create a router. */
export const labelExpress: Labeller = (files) => ({
  routes: placesOf({
    files,
    pattern: /^(?:router|app|\s+)\.(?:get|post|put|patch|delete|options)\(/gm,
    isWanted: (file) => isScript(file) && /express\(\)|express\.Router\(\)/.test(file.text),
  }),
});

export const labelDrizzle: Labeller = (files) => {
  const labels = { entities: new Set<string>(), fields: new Set<string>() };
  for (const file of files.filter((each) => isScript(each) && /drizzle-orm/.test(each.text))) {
    let isInTable = false;
    for (const { place, line } of listLines(file)) {
      if (/^export const \w+ = (?:pg|sqlite|mysql)Table\(/.test(line)) {
        isInTable = true;
        labels.entities.add(place);
      } else if (line.startsWith("}")) isInTable = false;
      else if (isInTable && /^ {2}\w+: /.test(line)) labels.fields.add(place);
    }
  }
  return labels;
};

/** Each is described by `createRoute`, and served where `openapi` names the description. */
export const labelHonoOpenapi: Labeller = (files) => ({
  routes: placesOf({
    files,
    pattern: /\bcreateRoute\(\{/g,
    isWanted: (file) => isScript(file) && /zod-openapi/.test(file.text),
  }),
});

/** The file with the final state of the tables after all migrations: each table with its columns. */
export const labelNewestSql: Labeller = (files) => {
  const newest = files.filter(({ path }) => /(?:^|\/)schema\.sql$/.test(path));
  return {
    entities: placesOf({ files: newest, pattern: /^CREATE TABLE\b/gm }),
    fields: placesOf({ files: newest, pattern: /^ {2}"?\w+"? \w+/gm }),
  };
};
