import { insertLinesBefore, spliceText } from "#server/builtin/edits/splice-text.ts";
import { nameEntity } from "#server/builtin/entity-names.ts";
import type { PlannedField } from "#server/builtin/project-plan.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { spellField } from "../prisma-types.ts";
import { type NextProject, entityPaths, findLiteral, findZodObjects, planFromPrisma } from "../read-next-project.ts";
import { zodType } from "../zod-schema-file.ts";
import { addTypescriptImport } from "./add-typescript-import.ts";
import { addEntries } from "./literal-edits.ts";
import type { PrismaBlock } from "./prisma-document.ts";

type ListHandler = {
  path: string;
  text: string;
  signature: { start: number; end: number };
  statement: number;
  query: { start: number; end: number };
  queryText: string;
};

/** Adds `limit` and `offset` to an entity's list route. */
export function addPagination({ project, model }: { project: NextProject; model: PrismaBlock }): RuleOutcome {
  const { draft, root, parser } = project;
  const handler = findHandler({ project, model });
  if (handler === null)
    return refuse(`No list route for ${model.name} was found that the built-in generator can extend.`);
  if (/\b(?:take|skip|readPage)\b/.test(handler.queryText))
    return refuse(`The list route in ${handler.path} is paginated already.`);
  const helper = `${root}lib/read-page.ts`;
  if (!draft.has(helper)) draft.write({ path: helper, text: readPage });
  const query = addToQuery({
    query: handler.queryText,
    entry: "...readPage(new URL(request.url).searchParams)",
    isFirst: false,
  });
  const text = addTypescriptImport({
    path: handler.path,
    text: withRequest({ handler, query }),
    names: ["readPage"],
    module: "@/lib/read-page",
    parser,
  });
  draft.write({ path: handler.path, text });
  return done(`GET in ${handler.path} takes limit (1 to 100, 50 unless given) and offset.`);
}

/** Adds filters by fields to an entity's list route. */
export function addFilter({
  project,
  model,
  fields,
}: {
  project: NextProject;
  model: PrismaBlock;
  fields: string[];
}): RuleOutcome {
  const { draft, parser, fieldCase } = project;
  const names = nameEntity(model.name);
  const handler = findHandler({ project, model });
  if (handler === null)
    return refuse(`No list route for ${model.name} was found that the built-in generator can extend.`);
  const filterName = `${names.camel}FilterSchema`;
  const present = findLiteral({ project, name: filterName, isPath: (path) => path.endsWith(".ts") });
  const taken = fields.find((field) => present?.constant.literal?.entries.some(({ name }) => name === field));
  if (taken !== undefined) return refuse(`The list route in ${handler.path} is filtered by ${taken} already.`);
  if (present === null && /\bwhere\b/.test(handler.queryText)) {
    return refuse(
      `The list route in ${handler.path} has conditions of its own that the built-in generator does not know how to combine.`,
    );
  }
  const schema = findZodObjects({ project, names })[0];
  if (schema === undefined) return refuse(`${model.name} has no zod schema that a filter could stand beside.`);
  const plan = planFromPrisma({ model, project });
  const spelled = fields.map((field) => ({
    field,
    planned: plan.fields.find(({ name }) => spellField({ name, fieldCase }) === field) ?? null,
  }));
  const lines = spelled.map(({ field, planned }) => `  ${field}: ${filterType(planned)}.optional(),`);
  if (present !== null) {
    addEntries({ project, place: present, lines });
    return done(`GET in ${handler.path} can be filtered by ${joinWords(fields)}.`);
  }
  const statement = `/** Query of GET /api/${names.kebabPlural}. */\nexport const ${filterName} = z.object({\n${lines.join("\n")}\n});`;
  const schemaText = draft.find(schema.path) ?? "";
  draft.write({ path: schema.path, text: `${schemaText.trimEnd()}\n\n${statement}\n` });
  const query = addToQuery({ query: handler.queryText, entry: "where: filter.data", isFirst: true });
  const guard = `  const filter = ${filterName}.safeParse(Object.fromEntries(new URL(request.url).searchParams));\n  if (!filter.success) return invalidInput(filter.error);`;
  const withQuery = withRequest({ handler, query });
  const shift = withQuery.indexOf("{", handler.signature.start) - handler.text.indexOf("{", handler.signature.start);
  const guarded = insertLinesBefore({ text: withQuery, offset: handler.statement + shift, lines: guard });
  const schemaModule = importPath({ handler, schemaPath: schema.path, project });
  const withSchema = addTypescriptImport({
    path: handler.path,
    text: guarded,
    names: [filterName],
    module: schemaModule,
    parser,
  });
  draft.write({
    path: handler.path,
    text: addTypescriptImport({
      path: handler.path,
      text: withSchema,
      names: ["invalidInput"],
      module: "@/lib/http",
      parser,
    }),
  });
  return done(`GET in ${handler.path} can be filtered by ${joinWords(fields)}.`);
}

/** Query parameters are text: numbers and booleans are parsed from it. */
function filterType(field: PlannedField | null): string {
  if (field === null || field.kind === "integer") return "z.coerce.number().int()";
  if (field.kind === "decimal") return "z.coerce.number()";
  if (field.kind === "boolean") return "z.stringbool()";
  return zodType(field);
}

function findHandler({ project, model }: { project: NextProject; model: PrismaBlock }): ListHandler | null {
  const names = nameEntity(model.name);
  const { list } = entityPaths({ project, names });
  const text = project.draft.find(list);
  if (text === null) return null;
  const signature = /export async function GET\(([^)]*)\)[^{\n]*\{/.exec(text);
  if (signature === null) return null;
  const found = new RegExp(`\\n([ \\t]*[^\\n]*\\bprisma\\.${names.camel}\\.findMany\\()`, "g");
  found.lastIndex = signature.index;
  const call = found.exec(text);
  if (call === null) return null;
  const start = call.index + call[0].length;
  const end = matchingParenthesis({ text, open: start - 1 });
  if (end === null) return null;
  const parameterStart = signature.index + "export async function GET(".length;
  return {
    path: list,
    text,
    signature: { start: parameterStart, end: parameterStart + (signature[1] ?? "").length },
    statement: call.index + 1,
    query: { start, end },
    queryText: text.slice(start, end),
  };
}

/** The handler with its new query, and a request parameter for the query string. */
function withRequest({ handler, query }: { handler: ListHandler; query: string }): string {
  const withQuery = spliceText({ text: handler.text, ...handler.query, insert: query });
  const parameters = handler.text.slice(handler.signature.start, handler.signature.end).trim();
  if (/^request\b/.test(parameters)) return withQuery;
  const renamed = parameters === "" ? "request: Request" : parameters.replace(/^_\w*/, "request");
  return spliceText({ text: withQuery, ...handler.signature, insert: renamed });
}

/** Adds an entry to the argument of `findMany`, one per line once it is long. */
function addToQuery({ query, entry, isFirst }: { query: string; entry: string; isFirst: boolean }): string {
  const inner = query
    .trim()
    .replace(/^\{|\}$/g, "")
    .trim()
    .replace(/,$/, "");
  const entries = inner === "" ? [entry] : isFirst ? [entry, inner] : [inner, entry];
  const oneLine = `{ ${entries.join(", ")} }`;
  return oneLine.length <= 60 && !oneLine.includes("\n")
    ? oneLine
    : `{\n${entries.map((part) => `    ${part.replace(/\n\s*/g, "\n    ")},\n`).join("")}  }`;
}

function importPath({
  handler,
  schemaPath,
  project,
}: {
  handler: ListHandler;
  schemaPath: string;
  project: NextProject;
}): string {
  const module = schemaPath.slice(project.root.length).replace(/\.ts$/, "");
  return new RegExp(`from ["']([^"']*/${module.split("/").at(-1)})["']`).exec(handler.text)?.[1] ?? `@/${module}`;
}

function matchingParenthesis({ text, open }: { text: string; open: number }): number | null {
  let depth = 0;
  for (let index = open; index < text.length; index += 1) {
    if (text[index] === "(") depth += 1;
    if (text[index] === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return null;
}

const readPage = `const maxLimit = 100;
const defaultLimit = 50;

/** \`limit\` and \`offset\` of a list request, as Prisma takes them. What is missing or no number gets the default. */
export function readPage(searchParams: URLSearchParams): { take: number; skip: number } {
  const limit = Math.trunc(Number(searchParams.get("limit") ?? defaultLimit));
  const offset = Math.trunc(Number(searchParams.get("offset") ?? 0));
  return {
    take: limit >= 1 ? Math.min(limit, maxLimit) : defaultLimit,
    skip: offset >= 0 ? offset : 0,
  };
}
`;
