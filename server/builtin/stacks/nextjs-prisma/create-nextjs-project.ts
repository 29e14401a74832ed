import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { ProjectPlan } from "#server/builtin/project-plan.ts";
import { renderApiRoutes } from "./api-route-files.ts";
import { renderAppPages, renderEntityPage } from "./page-files.ts";
import { renderPrismaSchema } from "./prisma-schema.ts";
import { renderProjectFiles } from "./project-files.ts";
import { renderSchemaTest } from "./test-file.ts";
import { renderZodFile } from "./zod-schema-file.ts";

/**
 * A complete Next.js project: database schema, API schemas and routes, pages, tests and everything needed to run them.
 */
export function createNextjsProject(plan: ProjectPlan): GeneratedFile[] {
  return [
    { path: "prisma/schema.prisma", text: renderPrismaSchema(plan) },
    ...plan.entities.flatMap((entity) => [
      renderZodFile({ entity }),
      ...renderApiRoutes({ entity }),
      renderEntityPage({ entity }),
      renderSchemaTest({ entity }),
    ]),
    ...renderAppPages(plan),
    ...renderProjectFiles(plan),
  ];
}
