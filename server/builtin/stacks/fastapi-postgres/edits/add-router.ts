import { insertLinesAfter } from "#server/builtin/edits/splice-text.ts";
import type { PlannedEntity } from "#server/builtin/project-plan.ts";
import { type RuleOutcome, done, refuse } from "#server/builtin/rule-outcome.ts";
import { listRouterPaths } from "../read-python-layout.ts";
import { renderApplicationRoutes, renderRouterFile } from "../router-file.ts";
import { addPythonImports } from "./add-python-imports.ts";
import type { PythonModule } from "./python-module.ts";
import { type PythonProject, editModule } from "./python-project.ts";

type RouterList = { path: string; module: PythonModule; application: string };

/** Writes the entity's routes and mounts them in the application. */
export function addEntityRouter({ python, entity }: { python: PythonProject; entity: PlannedEntity }): RuleOutcome {
  const { draft, layout, project } = python;
  const usesAsync = [...project.modules.values()].some(({ text }) => /\bAsyncSession\b/.test(text));
  if (usesAsync) {
    return refuse(
      "The project uses async database sessions, for which the built-in generator has no routes, so none were written.",
    );
  }
  const list = findRouterList(python);
  if (list !== null && layout.session.path === list.path) return addToApplication({ python, entity, list });
  const { path, text } = renderRouterFile({ entity, layout });
  if (draft.has(path)) return refuse(`${path} exists already, so no routes were written.`);
  draft.write({ path, text });
  if (list === null) {
    return refuse(
      `Routes were written to ${path}, but no FastAPI application was found to include them: add app.include_router.`,
    );
  }
  includeRouter({ python, list, path });
  return done(`Added ${path}.`);
}

/** A separate router would need to import the session from the module that includes it, which is a cycle. */
function addToApplication({
  python,
  entity,
  list,
}: {
  python: PythonProject;
  entity: PlannedEntity;
  list: RouterList;
}): RuleOutcome {
  const code = renderApplicationRoutes({
    entity,
    layout: python.layout,
    application: list.application,
    modulePath: list.path,
  });
  editModule({
    python,
    path: list.path,
    code,
    place: ({ text, code: routes }) => `${text.trimEnd()}\n\n\n${routes}\n`,
  });
  return done(`Added routes to ${list.path}.`);
}

/** The module that includes the project's routers, and the variable of the application or router. */
function findRouterList({ project }: PythonProject): RouterList | null {
  const stems = listRouterPaths(project).map((path) => path.split("/").at(-1)?.replace(/\.py$/, "") ?? "");
  const includesOne = new RegExp(
    `include_router\\s*\\(\\s*(?:\\w+\\.)*(?:${stems.join("|")})(?:\\.router|_router)?\\b`,
  );
  const candidates = [...project.modules].flatMap(([path, module]) => {
    const application = module.assignments.find(({ value }) => /^(?:\w+\.)?FastAPI\s*\(/.test(value ?? ""));
    const included = module.statements.filter(({ text }) => /^\w+\.include_router\s*\(/.test(text));
    const variable = /^(\w+)\./.exec(included.at(-1)?.text ?? "")?.[1] ?? application?.name;
    const ownCount = stems.length === 0 ? 0 : included.filter(({ text }) => includesOne.test(text)).length;
    const weight = ownCount * 100 + included.length * 2 + (application === undefined ? 0 : 1);
    return variable === undefined ? [] : [{ path, module, application: variable, weight }];
  });
  return candidates.sort((a, b) => b.weight - a.weight)[0] ?? null;
}

/** Imports and includes the router like the existing ones. */
function includeRouter({ python, list, path }: { python: PythonProject; list: RouterList; path: string }): void {
  const { draft, layout, parser } = python;
  const { module, application } = list;
  const included = module.statements.filter(({ text }) => text.startsWith(`${application}.include_router`));
  const last = included.at(-1);
  const stem = path.split("/").at(-1)?.replace(/\.py$/, "") ?? "";
  const moduleName = layout.moduleName({ from: list.path, to: path });
  const argument = /include_router\s*\(\s*([\w.]+)/.exec(last?.text ?? "")?.[1];
  const importsModule = argument === undefined || argument.endsWith(".router");
  const packageName = moduleName.replace(/\.?[^.]+$/, "");
  const wanted = importsModule
    ? { module: packageName === "" ? "." : packageName, name: stem }
    : { module: moduleName, name: "router", alias: `${stem}_router` };
  const reference = importsModule ? `${stem}.router` : `${stem}_router`;
  const statement = `${application}.include_router(${reference}${commonArguments({ text: last?.text ?? "", argument })})`;
  const anchor = last ?? module.assignments.find(({ name }) => name === application);
  const text =
    anchor === undefined
      ? `${module.text.trimEnd()}\n\n${statement}\n`
      : insertLinesAfter({
          text: module.text,
          offset: anchor.end,
          lines: last === undefined ? `\n${statement}` : statement,
        });
  draft.write({ path: list.path, text: addPythonImports({ text, imports: [wanted], parser }) });
}

/**
 * The arguments with which existing routers are included, for example `prefix="/api"`, unless they name that router's
 * own resource.
 */
function commonArguments({ text, argument }: { text: string; argument: string | undefined }): string {
  const own = argument?.replace(/\.router$|_router$/, "") ?? "";
  const prefix = /prefix\s*=\s*("[^"]*"|'[^']*'|[\w.]+)/.exec(text)?.[1];
  return prefix === undefined || own === "" || prefix.replaceAll("-", "_").includes(own.replace(/s$/, ""))
    ? ""
    : `, prefix=${prefix}`;
}
