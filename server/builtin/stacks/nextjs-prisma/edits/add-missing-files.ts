import { nameEntity } from "#server/builtin/entity-names.ts";
import type { ProjectFileKind } from "#server/builtin/request-intent.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import { dockerfile } from "../project-files.ts";
import { type NextProject, entityPaths, findZodObjects, planFromPrisma } from "../read-next-project.ts";
import { renderSchemaTest } from "../test-file.ts";
import { renderZodFile } from "../zod-schema-file.ts";
import { layFoundation, renderRoutesAndPage, writeEntityFiles } from "./add-entity.ts";
import type { PrismaBlock } from "./prisma-document.ts";

/** Adds missing files of one kind: for one entity, or for every model without one. */
export function addMissingFiles({
  project,
  fileKind,
  entityName,
}: {
  project: NextProject;
  fileKind: ProjectFileKind;
  entityName: string | null;
}): RuleOutcome {
  if (fileKind === "dockerfile") return addDockerfile(project);
  const named = entityName === null ? null : (project.models.find(({ name }) => name === entityName) ?? null);
  if (entityName !== null && named === null) {
    return fileKind === "schema"
      ? addSchemaWithoutModel({ project, entityName })
      : refuse(`The project has no model ${entityName}.`);
  }
  const lacking = (named === null ? project.models : [named]).filter((model) => lacks({ project, model, fileKind }));
  if (lacking.length === 0) {
    if (fileKind === "schema" && named === null) return addErrorSchema(project);
    return refuse(`${named === null ? "Every model" : named.name} has its ${fileKind} already.`);
  }
  const outcomes = lacking.map((model) => addOne({ project, model, fileKind }));
  const refused = outcomes.find(({ status }) => status === "refused");
  return refused ?? done(outcomes.flatMap((outcome) => (outcome.status === "done" ? [outcome.summary] : [])).join(" "));
}

function lacks({
  project,
  model,
  fileKind,
}: {
  project: NextProject;
  model: PrismaBlock;
  fileKind: ProjectFileKind;
}): boolean {
  const names = nameEntity(model.name);
  const paths = entityPaths({ project, names });
  if (fileKind === "schema") return findZodObjects({ project, names }).length === 0;
  if (fileKind === "test") {
    return !project.draft.paths.some(
      (path) => /\.test\.tsx?$/.test(path) && (path.includes(names.kebab) || path.includes(names.kebabPlural)),
    );
  }
  return !project.draft.has(paths.list) && !project.draft.has(paths.item);
}

function addOne({
  project,
  model,
  fileKind,
}: {
  project: NextProject;
  model: PrismaBlock;
  fileKind: ProjectFileKind;
}): RuleOutcome {
  const { fieldCase } = project;
  const entity = planFromPrisma({ model, project });
  const { names } = entity;
  const { zod } = entityPaths({ project, names });
  if (fileKind === "schema") {
    writeEntityFiles({ project, files: [renderZodFile({ entity, fieldCase, path: zod })] });
    return done(
      `Added ${zod} for ${model.name}, with ${joinWords([...entity.fields.map(({ name }) => name), ...entity.references.map(({ fieldName }) => fieldName)])}.`,
    );
  }
  const schemas = findZodObjects({ project, names });
  const hasPair = [`${names.camel}CreateSchema`, `${names.camel}UpdateSchema`].every((name) =>
    new RegExp(`export const ${name}\\b`).test(project.draft.find(zod) ?? ""),
  );
  if (schemas.length > 0 && !hasPair) {
    return refuse(
      `Generated ${fileKind === "test" ? "tests" : "routes"} for ${model.name} need ${names.camel}CreateSchema and ${names.camel}UpdateSchema; the project has ${joinWords(schemas.map(({ constant }) => constant.name))}.`,
    );
  }
  const zodFile = schemas.length === 0 ? [renderZodFile({ entity, fieldCase, path: zod })] : [];
  if (fileKind === "test") {
    const test = renderSchemaTest({ entity, fieldCase, schemaPath: `../${zod.replace(/\.ts$/, "")}` });
    return done(`Added ${joinWords(writeEntityFiles({ project, files: [...zodFile, test] }))}.`);
  }
  const foundation = layFoundation(project);
  if (foundation.status === "refused") return foundation;
  return done(
    `Added ${joinWords(writeEntityFiles({ project, files: [...zodFile, ...renderRoutesAndPage({ project, entity, clientModule: foundation.clientModule })] }))}.`,
  );
}

/** The user may mean an entity that has no table. */
function addSchemaWithoutModel({ project, entityName }: { project: NextProject; entityName: string }): RuleOutcome {
  const names = nameEntity(entityName);
  const { zod } = entityPaths({ project, names });
  if (project.draft.has(zod)) return refuse(`${entityName} has its schema already, in ${zod}.`);
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
  writeEntityFiles({
    project,
    files: [
      renderZodFile({
        entity: { names, addsCreatedAt: true, fields: [body], references: [], reverses: [], links: [] },
        fieldCase: project.fieldCase,
        path: zod,
      }),
    ],
  });
  return done(
    `Added ${zod}. The project has no model ${entityName} to take fields from, so the schema has a body: change it to what you need.`,
  );
}

/** Every model has its schema: the only one that generated projects omit is that of an error. */
function addErrorSchema({ draft, root }: NextProject): RuleOutcome {
  const path = `${root}lib/schemas/error.ts`;
  if (draft.has(path)) return refuse("Every model has its schema already.");
  draft.write({ path, text: errorSchema });
  return done(
    `Every model had its schema already. Added the one shape without any, that of error answers: ${path}, for clients that read them.`,
  );
}

const errorSchema = `import { z } from "zod";

/** What the API answers when a request fails. */
export const errorSchema = z.object({
  error: z.string(),
  /** Set for invalid input: what is wrong, and where. */
  issues: z.unknown().optional(),
});

export type ErrorAnswer = z.infer<typeof errorSchema>;
`;

function addDockerfile({ draft }: NextProject): RuleOutcome {
  const existing = draft.paths.find((path) => /(?:^|\/)Dockerfile$/.test(path));
  if (existing !== undefined) return refuse(`${existing} exists already.`);
  draft.write({ path: "Dockerfile", text: dockerfile });
  return done("Added a Dockerfile that builds the application and serves it on port 3000.");
}
