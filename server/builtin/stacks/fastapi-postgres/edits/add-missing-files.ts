import { nameEntity } from "#server/builtin/entity-names.ts";
import type { ProjectFileKind } from "#server/builtin/request-intent.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { renderDockerfile } from "../deployment-files.ts";
import { hasIntegerId, planFromModel } from "../plan-from-model.ts";
import { type ModelClass, findShapes, shapeRole, usesPydantic1 } from "../read-fastapi-project.ts";
import { addShapes } from "./add-entity.ts";
import { addEntityRouter } from "./add-router.ts";
import { addEntityTest } from "./add-test.ts";
import { type PythonProject, openPythonProject } from "./python-project.ts";

/** Adds missing files of one kind: for one entity, or for every model without one. */
export function addMissingFiles({
  python,
  fileKind,
  entityName,
}: {
  python: PythonProject;
  fileKind: ProjectFileKind;
  entityName: string | null;
}): RuleOutcome {
  if (fileKind === "dockerfile") return addDockerfile(python);
  if (fileKind !== "test" && usesPydantic1(python.project)) {
    return refuse("The project uses Pydantic 1, and the built-in generator writes schemas for Pydantic 2.");
  }
  const { models } = python.project;
  const named = entityName === null ? null : (models.find(({ name }) => name === entityName) ?? null);
  if (entityName !== null && named === null) {
    return fileKind === "schema"
      ? addSchemaWithoutModel({ python, entityName })
      : refuse(`The project has no model ${entityName}.`);
  }
  const lacking = (named === null ? models : [named]).filter((model) => lacks({ python, model, fileKind }));
  if (lacking.length === 0) {
    if (fileKind === "schema" && named === null) return addErrorSchema(python);
    return refuse(
      `${named === null ? "Every model" : named.name} has its ${fileKind} already${named === null ? "" : `, in ${placeOf({ python, model: named, fileKind })}`}.`,
    );
  }
  const outcomes = lacking.map((model) => addOne({ python: openPythonProject(python), model, fileKind }));
  return outcomes.find(({ status }) => status === "done") === undefined
    ? (outcomes[0] ?? refuse(""))
    : done(outcomes.map(toSentence).join(" "));
}

function toSentence(outcome: RuleOutcome): string {
  return outcome.status === "done" ? outcome.summary : outcome.reason;
}

function lacks({
  python,
  model,
  fileKind,
}: {
  python: PythonProject;
  model: ModelClass;
  fileKind: ProjectFileKind;
}): boolean {
  const { project, layout, draft } = python;
  if (fileKind === "schema") return findShapes({ project, entityName: model.name }).length === 0;
  if (fileKind === "test") {
    return (
      !draft.has(layout.testPath(nameEntity(model.name))) &&
      !draft.has(layout.testPath(nameEntity(model.name)).replace(/[^/]+$/, `test_${nameEntity(model.name).snake}.py`))
    );
  }
  return findRouterPath({ python, model }) === null;
}

function findRouterPath({ python, model }: { python: PythonProject; model: ModelClass }): string | null {
  const { snake, snakePlural, kebabPlural } = nameEntity(model.name);
  for (const [path, { assignments, functions }] of python.project.modules) {
    const stem = path.split("/").at(-1)?.replace(/\.py$/, "");
    const isRouter = assignments.some(({ value }) => /APIRouter\s*\(/.test(value ?? ""));
    if (
      isRouter &&
      (stem === snake ||
        stem === snakePlural ||
        assignments.some(({ value }) => new RegExp(`prefix\\s*=\\s*["'][^"']*/${kebabPlural}["']`).test(value ?? "")))
    )
      return path;
    if (
      functions.some(({ decorators }) =>
        decorators.some((decorator) =>
          new RegExp(`^\\w+\\.(?:get|post)\\(\\s*["']/(?:${kebabPlural}|${snakePlural})\\b`).test(decorator),
        ),
      )
    )
      return path;
  }
  return null;
}

function placeOf({
  python,
  model,
  fileKind,
}: {
  python: PythonProject;
  model: ModelClass;
  fileKind: ProjectFileKind;
}): string {
  const names = nameEntity(model.name);
  if (fileKind === "schema") return python.layout.schemaPath(names);
  return fileKind === "test" ? python.layout.testPath(names) : (findRouterPath({ python, model }) ?? "");
}

function addOne({
  python,
  model,
  fileKind,
}: {
  python: PythonProject;
  model: ModelClass;
  fileKind: ProjectFileKind;
}): RuleOutcome {
  if (fileKind !== "test" && !hasIntegerId(model))
    return refuse(`${model.name} has no integer primary key named id, which generated schemas and routes need.`);
  const entity = planFromModel({ model, project: python.project });
  if (fileKind === "schema") {
    return done(
      `Added ${addShapes({ python, entity })} for ${model.name}, with ${joinWords([...entity.fields.map(({ name }) => name), ...entity.references.map(({ fieldName }) => fieldName)])}.`,
    );
  }
  if (fileKind === "test") return addEntityTest({ python, entity });
  const shapes = findShapes({ project: python.project, entityName: model.name });
  const wanted = ["Create", "Update", "Read"].map((suffix) => `${model.name}${suffix}`);
  if (shapes.length === 0) addShapes({ python, entity });
  else if (!wanted.every((name) => shapes.some((shape) => shape.name === name))) {
    return refuse(
      `Routes for ${model.name} need the schemas ${joinWords(wanted)}; the project has ${joinWords(shapes.map(({ name }) => `${name} (${shapeRole(name)})`))}.`,
    );
  }
  const router = addEntityRouter({ python: openPythonProject(python), entity });
  return router.status === "refused"
    ? router
    : done(`${router.summary}${shapes.length === 0 ? ` Added ${python.layout.schemaPath(entity.names)} too.` : ""}`);
}

/** The user may mean an entity that has no table. */
function addSchemaWithoutModel({ python, entityName }: { python: PythonProject; entityName: string }): RuleOutcome {
  const names = nameEntity(entityName);
  if (findShapes({ project: python.project, entityName }).length > 0) {
    return refuse(`${entityName} has its schema already, in ${python.layout.schemaPath(names)}.`);
  }
  const body = {
    name: "body",
    kind: "text",
    enumType: null,
    isOptional: false,
    isUnique: false,
    isList: false,
    isGenerated: false,
    defaultValue: null,
  } as const;
  const path = addShapes({
    python,
    entity: { names, addsCreatedAt: true, fields: [body], references: [], reverses: [], links: [] },
  });
  return done(
    `Added ${path}. The project has no model ${entityName} to take fields from, so the schema has id, body and created_at: change them to what you need.`,
  );
}

/** Every model has its schema: the only one that generated projects leave to FastAPI is that of an error. */
function addErrorSchema(python: PythonProject): RuleOutcome {
  const { draft, layout } = python;
  const path = layout.schemas.kind === "folder" ? `${layout.schemas.folder}/error.py` : null;
  if (path === null || draft.has(path)) return refuse("Every model has its schema already.");
  draft.write({ path, text: errorSchema });
  return done(
    `Every model had its schema already. Added the one shape without any, that of error answers: ${path}. Routes show it in the docs once they are given responses={404: {"model": ErrorDetail}}.`,
  );
}

const errorSchema = `"""What the API gives when a request fails."""

from pydantic import BaseModel


class ErrorDetail(BaseModel):
    """Body of a 404 or 409 answer: give it to a route as \`responses={404: {"model": ErrorDetail}}\`."""

    detail: str
`;

function addDockerfile({ draft, project, layout }: PythonProject): RuleOutcome {
  const existing = draft.paths.find((path) => /(?:^|\/)Dockerfile$/.test(path));
  if (existing !== undefined) return refuse(`${existing} exists already.`);
  const application = [...project.modules].flatMap(([path, { assignments }]) =>
    assignments.flatMap(({ name, value }) => (/^(?:\w+\.)?FastAPI\s*\(/.test(value ?? "") ? [{ path, name }] : [])),
  )[0];
  if (application === undefined) return refuse("No FastAPI application was found for the container to start.");
  if (!draft.has("requirements.txt"))
    return refuse("The project has no requirements.txt, from which the image would be built.");
  draft.write({
    path: "Dockerfile",
    text: renderDockerfile({ appModule: `${layout.absoluteModuleName(application.path)}:${application.name}` }),
  });
  return done("Added a Dockerfile that installs requirements.txt and serves the application on port 8000.");
}
