import { type EntityNames, withArticle } from "#server/builtin/entity-names.ts";
import type { PlannedEntity } from "#server/builtin/project-plan.ts";
import { type RuleOutcome, done, refuse } from "#server/builtin/rule-outcome.ts";
import { renderPythonImports } from "../python-source.ts";
import { renderConftest, renderFactory, renderTestFile } from "../test-files.ts";
import { findResourceUrl } from "./find-resource-url.ts";
import type { PythonProject } from "./python-project.ts";

/** Tests for the entity's routes, with their prerequisites: a client fixture and a factory function. */
export function addEntityTest({ python, entity }: { python: PythonProject; entity: PlannedEntity }): RuleOutcome {
  const { draft, layout } = python;
  const path = layout.testPath(entity.names);
  if (draft.has(path)) return refuse(`${path} exists already.`);
  const factories = draft.paths.find((candidate) => /(?:^|\/)tests\/factories\.py$/.test(candidate)) ?? null;
  const missing = missingParents({ entity, text: factories === null ? "" : (draft.find(factories) ?? "") });
  if (missing.length > 0) {
    return refuse(
      `${path} was not written: its records need ${withArticle(missing[0]?.words ?? "")}, and there is no tests/factories.py with a function that makes one.`,
    );
  }
  const url = findResourceUrl({ python, names: entity.names });
  if (url === null) {
    return refuse(
      `${path} was not written: generated tests create, list, read, change and delete ${entity.names.wordsPlural}, and the project has no such five routes for them.`,
    );
  }
  const fixtures = addClientFixture(python);
  if (fixtures.status === "refused") return fixtures;
  const test = renderTestFile({ entity, url });
  if (factories === null) {
    draft.write({ path, text: withOwnFactory({ text: test.text, entity, url }) });
  } else {
    const text = draft.find(factories) ?? "";
    if (!text.includes(`def create_${entity.names.snake}(`)) {
      draft.write({ path: factories, text: `${text.trimEnd()}\n\n\n${renderFactory({ entity, url })}` });
    }
    draft.write({ path, text: test.text });
  }
  return done(`Added ${path}.`);
}

/** A `client` fixture in `tests/conftest.py`, unless the project has one. */
function addClientFixture(python: PythonProject): RuleOutcome {
  const { draft, layout, project } = python;
  const hasClient = [...project.modules].some(
    ([path, { functions }]) => path.endsWith("conftest.py") && functions.some(({ name }) => name === "client"),
  );
  if (hasClient) return done("");
  const application = [...project.modules].flatMap(([path, { assignments }]) =>
    assignments.flatMap(({ name, value }) => (/^(?:\w+\.)?FastAPI\s*\(/.test(value ?? "") ? [{ path, name }] : [])),
  )[0];
  if (application === undefined) return refuse("No FastAPI application was found to test.");
  const folder = layout.tests.kind === "folder" ? layout.tests.folder : "tests";
  const path = `${folder}/conftest.py`;
  if (draft.has(path)) return refuse(`${path} has no client fixture, and the built-in generator does not change it.`);
  const sessionModule = project.modules.get(layout.session.path);
  const dependency =
    layout.session.kind === "dependency"
      ? layout.session.name
      : /Depends\(\s*(\w+)/.exec(
          sessionModule?.assignments.find(({ name }) => name === layout.session.name)?.value ?? "",
        )?.[1];
  if (dependency === undefined) return refuse("No function was found that gives routes their database session.");
  const from = path;
  const modelPaths = [...new Set(project.models.map((model) => model.path))];
  draft.write({
    path,
    text: renderConftest({
      base: { module: layout.moduleName({ from, to: layout.basePath }), name: layout.style.baseName },
      session: { module: layout.moduleName({ from, to: layout.session.path }), name: dependency },
      application: { module: layout.moduleName({ from, to: application.path }), name: application.name },
      modelModules: modelPaths.map((to) => layout.moduleName({ from, to })),
    }),
  });
  return done(`Added ${path}.`);
}

/** Without `tests/factories.py` the test contains the factory function itself. */
function withOwnFactory({ text, entity, url }: { text: string; entity: PlannedEntity; url: string }): string {
  const factory = renderFactory({ entity, url });
  const usesNumbers = factory.includes("next(numbers)");
  const imports = renderPythonImports([
    { module: "fastapi.testclient", name: "TestClient" },
    { module: "typing", name: "Any" },
    ...(usesNumbers ? [{ module: "itertools" }] : []),
  ]);
  const docstring = text.split("\n")[0] ?? "";
  const tests = text.slice(text.indexOf("\n\n\n"));
  return `${docstring}\n\n${imports}\n${usesNumbers ? "\nnumbers = itertools.count(1)\n" : ""}\n\n${factory.trimEnd()}${tests}`;
}

function missingParents({ entity, text }: { entity: PlannedEntity; text: string }): EntityNames[] {
  return entity.references
    .filter(({ isOptional, target }) => !isOptional && !text.includes(`def create_${target.snake}(`))
    .map(({ target }) => target);
}
