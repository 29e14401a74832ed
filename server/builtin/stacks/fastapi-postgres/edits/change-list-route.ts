import { insertLinesBefore, spliceText } from "#server/builtin/edits/splice-text.ts";
import { nameEntity } from "#server/builtin/entity-names.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { planFromModel } from "../plan-from-model.ts";
import { type PythonImport, renderPythonCall } from "../python-source.ts";
import { annotationImports, pythonAnnotation } from "../python-types.ts";
import type { FastapiProject, ModelClass } from "../read-fastapi-project.ts";
import type { PythonFunction, PythonModule } from "./python-module.ts";
import { type PythonProject, editModule } from "./python-project.ts";

/** The lines that extend the query in the variable `query`; `modelName` is the model's name in the module. */
type QuerySteps = (code: { query: string; method: "where" | "filter"; modelName: string }) => string[];

type ListRoute = { path: string; module: PythonModule; route: PythonFunction };

/** Adds `limit` and `offset` to an entity's list route. */
export function addPagination({ python, model }: { python: PythonProject; model: ModelClass }): RuleOutcome {
  const found = findListRoute({ project: python.project, model });
  if (found === null) return refuse(`No list route for ${model.name} was found.`);
  const { path, route } = found;
  if (/\b(?:limit|offset|skip|page)\b/.test(route.parameters.text)) {
    return refuse(`${route.name} in ${path}:${route.line} is paginated already.`);
  }
  const limit = "limit: Annotated[int, Query(ge=1, le=100)] = 50";
  const offset = "offset: Annotated[int, Query(ge=0)] = 0";
  const changed = changeRoute({
    python,
    found,
    model,
    parameters: [limit, offset],
    steps: ({ query }) => [`${query} = ${query}.limit(limit).offset(offset)`],
    imports: [
      { module: "typing", name: "Annotated" },
      { module: "fastapi", name: "Query" },
    ],
  });
  return changed
    ? done(`${route.name} in ${path} takes limit (1 to 100, 50 unless given) and offset.`)
    : refuse(`The query of ${route.name} in ${path}:${route.line} is not one that the built-in generator can extend.`);
}

/** Adds filters by fields to an entity's list route. */
export function addFilter({
  python,
  model,
  fields,
}: {
  python: PythonProject;
  model: ModelClass;
  fields: string[];
}): RuleOutcome {
  const found = findListRoute({ project: python.project, model });
  if (found === null) return refuse(`No list route for ${model.name} was found.`);
  const { path, route } = found;
  const present = fields.filter((field) => new RegExp(`\\b${field}\\b`).test(route.parameters.text));
  if (present.length > 0) return refuse(`${route.name} in ${path}:${route.line} takes ${joinWords(present)} already.`);
  const plan = planFromModel({ model, project: python.project });
  const planned = plan.fields.filter(({ name }) => fields.includes(name));
  const modelModule = python.layout.moduleName({ from: path, to: model.path });
  const typeOf = (field: string): string => {
    const plannedField = planned.find(({ name }) => name === field);
    return plannedField === undefined ? "int" : pythonAnnotation({ ...plannedField, isList: false });
  };
  const changed = changeRoute({
    python,
    found,
    model,
    parameters: fields.map((field) => `${field}: ${typeOf(field)} | None = None`),
    steps: ({ query, method, modelName }) =>
      fields.flatMap((field) => [
        `if ${field} is not None:`,
        `    ${query} = ${query}.${method}(${modelName}.${field} == ${field})`,
      ]),
    imports: [
      ...planned.flatMap(annotationImports),
      ...planned.flatMap(({ enumType }) =>
        enumType === null || path === model.path ? [] : [{ module: modelModule, name: enumType.name }],
      ),
    ],
  });
  return changed
    ? done(`${route.name} in ${path} can be filtered by ${joinWords(fields)}.`)
    : refuse(`The query of ${route.name} in ${path}:${route.line} is not one that the built-in generator can extend.`);
}

/** The GET route without a path parameter whose query selects the model, or whose name says that it lists it. */
function findListRoute({ project, model }: { project: FastapiProject; model: ModelClass }): ListRoute | null {
  const { snakePlural } = nameEntity(model.name);
  for (const [path, module] of project.modules) {
    for (const route of module.functions) {
      const isList = route.decorators.some(
        (decorator) => /^\w+\.get\s*\(/.test(decorator) && !/^\w+\.get\s*\(\s*["'][^"']*\{/.test(decorator),
      );
      const selects = new RegExp(`\\b(?:select|query)\\(\\s*(?:\\w+\\.)?${model.name}\\b`).test(route.body.text);
      if (isList && selects && (/\.all\(\)/.test(route.body.text) || route.name.includes(snakePlural)))
        return { path, module, route };
    }
  }
  return null;
}

/**
 * Moves the route's query to a variable if necessary, adds the steps after it, and the parameters to the signature.
 * False if the query has an unknown form.
 */
function changeRoute({
  python,
  found,
  model,
  parameters,
  steps,
  imports,
}: {
  python: PythonProject;
  found: ListRoute;
  model: ModelClass;
  parameters: string[];
  steps: QuerySteps;
  imports: PythonImport[];
}): boolean {
  const { path, module, route } = found;
  const body = rewriteBody({ route, model, steps });
  if (body === null) return false;
  const withBody = spliceText({ text: module.text, start: route.body.start, end: route.body.end, insert: body });
  editModule({
    python,
    path,
    code: { code: parameters.join("\n"), imports },
    takenNames: [],
    place: ({ code }) => addParameters({ text: withBody, route, parameters: code.split("\n") }),
  });
  return true;
}

function rewriteBody({
  route,
  model,
  steps,
}: {
  route: PythonFunction;
  model: ModelClass;
  steps: QuerySteps;
}): string | null {
  const { body } = route;
  const indent = "    ";
  const assigned = route.statements.find(({ text }) =>
    new RegExp(
      `^\\w+ = (?:select|\\w+\\.query)\\(\\s*(?:\\w+\\.)?${model.name}\\b(?!.*\\.(?:all|scalars)\\(\\))`,
      "s",
    ).test(text),
  );
  if (assigned !== undefined) {
    const variable = /^\w+/.exec(assigned.text)?.[0] ?? "statement";
    const method = /^\w+ = select/.test(assigned.text) ? "where" : "filter";
    const ordered = route.statements.filter(
      ({ text }) =>
        new RegExp(`^(?:if\\b|${variable} = ${variable}\\.)`).test(text) && text.includes(`${variable} = ${variable}.`),
    );
    // A filter precedes limit and offset; other steps follow the existing ones.
    const paging = ordered.find(({ text }) => /\.(?:limit|offset)\(/.test(text));
    const lines = steps({ query: variable, method, modelName: spelledModel({ text: assigned.text, model }) });
    const isFilter = lines.some((line) => line.startsWith("if "));
    const anchor = paging !== undefined && isFilter ? paging.start - 1 : (ordered.at(-1) ?? assigned).end;
    const offset = anchor - body.start;
    if (paging !== undefined && isFilter) {
      return insertLinesBefore({ text: body.text, offset: offset + 1, lines: indentLines({ lines, indent }) });
    }
    return spliceText({ text: body.text, start: offset, end: offset, insert: `\n${indentLines({ lines, indent })}` });
  }
  return extractQuery({ route, model, steps });
}

/** `return db.query(Task).all()` and `session.scalars(select(Task)).all()`: the inner query moves to a variable. */
function extractQuery({
  route,
  model,
  steps,
}: {
  route: PythonFunction;
  model: ModelClass;
  steps: QuerySteps;
}): string | null {
  const { body } = route;
  const statement = route.statements.find(
    ({ text }) =>
      new RegExp(`\\b(?:select|query)\\(\\s*(?:\\w+\\.)?${model.name}\\b`).test(text) && /\.all\(\)/.test(text),
  );
  if (statement === undefined) return null;
  const chain = "(?:\\.(?:order_by|where|filter|filter_by|options)\\((?:[^()]|\\([^()]*\\))*\\))*";
  const legacy = new RegExp(`\\w+\\.query\\(\\s*(?:\\w+\\.)?${model.name}\\s*\\)${chain}(?=\\.all\\(\\))`).exec(
    statement.text,
  );
  const modern = new RegExp(`select\\(\\s*(?:\\w+\\.)?${model.name}\\s*\\)${chain}(?=\\s*\\))`).exec(statement.text);
  const match = legacy ?? modern;
  if (match === null) return null;
  const variable = legacy === null ? "statement" : "query";
  const replaced = spliceText({
    text: statement.text,
    start: match.index,
    end: match.index + match[0].length,
    insert: variable,
  });
  const lines = [
    `${variable} = ${match[0]}`,
    ...steps({
      query: variable,
      method: legacy === null ? "where" : "filter",
      modelName: spelledModel({ text: match[0], model }),
    }),
  ];
  const start = statement.start - body.start;
  return spliceText({
    text: body.text,
    start,
    end: statement.end - body.start,
    insert: `${indentLines({ lines, indent: "    " }).trimStart()}\n    ${replaced}`,
  });
}

/** `Task`, or `models.Task` if the module imports the models' module. */
function spelledModel({ text, model }: { text: string; model: ModelClass }): string {
  return new RegExp(`\\b(?:select|query)\\(\\s*((?:\\w+\\.)?${model.name})\\b`).exec(text)?.[1] ?? model.name;
}

/** Parameters with defaults follow those without, one per line in a long signature. */
function addParameters({
  text,
  route,
  parameters,
}: {
  text: string;
  route: PythonFunction;
  parameters: string[];
}): string {
  const { start, end } = route.parameters;
  const existing = splitParameters(text.slice(start + 1, end - 1));
  const lineStart = text.lastIndexOf("\n", start) + 1;
  const bodyColon = text.indexOf(":", end);
  const head = text.slice(lineStart, start);
  const tail = text.slice(end, bodyColon + 1);
  return spliceText({
    text,
    start: lineStart,
    end: bodyColon + 1,
    insert: renderPythonCall({ indent: "", head, args: [...existing, ...parameters], tail }),
  });
}

function splitParameters(source: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = "";
  for (const character of source) {
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    if (character === "," && depth === 0) {
      parts.push(current.trim());
      current = "";
    } else current += character;
  }
  return [...parts, current.trim()].filter((part) => part !== "");
}

function indentLines({ lines, indent }: { lines: string[]; indent: string }): string {
  return lines.map((line) => indent + line).join("\n");
}
