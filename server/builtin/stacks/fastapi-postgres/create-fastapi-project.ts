import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { ProjectPlan } from "#server/builtin/project-plan.ts";
import { renderAppFiles } from "./app-files.ts";
import { renderDeploymentFiles } from "./deployment-files.ts";
import { renderMigrationFiles } from "./migration-file.ts";
import { renderModelFile } from "./model-file.ts";
import { generatedLayout as layout } from "./python-layout.ts";
import { renderRouterFile } from "./router-file.ts";
import { renderSchemaFile } from "./schema-file.ts";
import { renderTestFile, renderTestSetup } from "./test-files.ts";

/** A complete FastAPI project: models, API schemas, routes, tests, migrations and everything needed to run them. */
export function createFastapiProject(plan: ProjectPlan): GeneratedFile[] {
  return [
    ...renderAppFiles(plan),
    ...plan.entities.flatMap((entity) => [
      renderModelFile({ entity, layout }),
      renderSchemaFile({ entity, layout }),
      renderRouterFile({ entity, layout }),
    ]),
    ...renderMigrationFiles(plan),
    ...renderTestSetup(plan),
    ...plan.entities.map((entity) => renderTestFile({ entity })),
    ...renderDeploymentFiles(plan),
  ];
}
