import type { EntityOrigin } from "#lib/contracts/versions/code-schema.ts";
import type { Labeller } from "./label.ts";
import { labelJpa, labelOpenapi, labelSpring, labelSql } from "./other-labels.ts";
import {
  labelDjango,
  labelDjangoUrls,
  labelPydantic,
  labelPythonRoutes,
  labelSqlalchemyTables,
} from "./python-labels.ts";
import {
  labelGraphql,
  labelNextApp,
  labelNextPages,
  labelPrisma,
  labelRemixRoutes,
  labelSequelize,
  labelTanstack,
  labelTrpc,
  labelZod,
} from "./script-labels.ts";

/** What one extractor should find in one repository. Fields are compared with those of entities of `origins`. */
export type ExtractorCase = {
  extractor: string;
  repository: string;
  label: Labeller;
  origins?: readonly EntityOrigin[];
  /** Only entities of these files are compared, because tests also declare some. */
  entitiesIn?: RegExp;
  /** A label without a line counts as one route of its file. */
  routesIn?: RegExp;
};

export const extractorCases: readonly ExtractorCase[] = [
  { extractor: "django", repository: "django-oscar/django-oscar", label: labelDjango, origins: ["django"] },
  { extractor: "django", repository: "wagtail/wagtail", label: labelDjango, origins: ["django"] },
  { extractor: "django-urls", repository: "django-oscar/django-oscar", label: labelDjangoUrls, routesIn: /\.py$/ },
  { extractor: "django-urls", repository: "wagtail/wagtail", label: labelDjangoUrls, routesIn: /\.py$/ },
  {
    extractor: "pydantic",
    repository: "fastapi/full-stack-fastapi-template",
    label: labelPydantic,
    origins: ["pydantic", "sqlalchemy"],
  },
  {
    extractor: "fastapi",
    repository: "fastapi/full-stack-fastapi-template",
    label: labelPythonRoutes,
    routesIn: /\.py$/,
  },
  {
    extractor: "sqlalchemy",
    repository: "miguelgrinberg/microblog",
    label: labelSqlalchemyTables,
    origins: ["sqlalchemy"],
  },
  { extractor: "fastapi (Flask)", repository: "miguelgrinberg/microblog", label: labelPythonRoutes, routesIn: /\.py$/ },
  { extractor: "prisma", repository: "umami-software/umami", label: labelPrisma, origins: ["prisma"] },
  { extractor: "prisma", repository: "documenso/documenso", label: labelPrisma, origins: ["prisma"] },
  { extractor: "prisma", repository: "lukevella/rallly", label: labelPrisma, origins: ["prisma"] },
  { extractor: "zod", repository: "documenso/documenso", label: labelZod, origins: ["zod"] },
  { extractor: "zod", repository: "lukevella/rallly", label: labelZod, origins: ["zod"] },
  { extractor: "trpc", repository: "lukevella/rallly", label: labelTrpc, routesIn: /trpc\/routers|server\/routers/ },
  {
    extractor: "next-routes",
    repository: "umami-software/umami",
    label: labelNextApp,
    routesIn: /(?:^|\/)app\/(?:.*\/)?(?:route|page)\./,
  },
  {
    extractor: "next-routes",
    repository: "lukevella/rallly",
    label: labelNextApp,
    routesIn: /(?:^|\/)app\/(?:.*\/)?(?:route|page)\./,
  },
  {
    extractor: "next-pages",
    repository: "nextauthjs/next-auth-example",
    label: labelNextPages,
    routesIn: /(?:^|\/)pages\//,
  },
  {
    extractor: "react-router",
    repository: "documenso/documenso",
    label: labelRemixRoutes,
    routesIn: /(?:^|\/)app\/routes\//,
  },
  {
    extractor: "react-router",
    repository: "epicweb-dev/epic-stack",
    label: labelRemixRoutes,
    routesIn: /(?:^|\/)app\/routes\//,
  },
  {
    extractor: "tanstack-router",
    repository: "fastapi/full-stack-fastapi-template",
    label: labelTanstack,
    routesIn: /\.tsx$/,
  },
  { extractor: "tanstack-router", repository: "satnaing/shadcn-admin", label: labelTanstack, routesIn: /\.tsx$/ },
  { extractor: "sequelize", repository: "sequelize/express-example", label: labelSequelize, origins: ["sequelize"] },
  {
    extractor: "graphql",
    repository: "apollographql/fullstack-tutorial",
    label: labelGraphql,
    origins: ["graphql"],
    routesIn: /schema\.|client\/src\/index\./,
  },
  {
    extractor: "openapi",
    repository: "swagger-api/swagger-petstore",
    label: labelOpenapi,
    origins: ["openapi"],
    routesIn: /\.ya?ml$/,
  },
  { extractor: "jpa", repository: "spring-projects/spring-petclinic", label: labelJpa, origins: ["jpa"] },
  {
    extractor: "spring-routes",
    repository: "spring-projects/spring-petclinic",
    label: labelSpring,
    routesIn: /\.java$/,
  },
  { extractor: "sql-ddl", repository: "usememos/memos", label: labelSql, origins: ["sql"] },
];
