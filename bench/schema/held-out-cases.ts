import type { ExtractorCase } from "./cases.ts";
import {
  labelExpress,
  labelDrizzle,
  labelGoRoutes,
  labelGoStructs,
  labelHonoOpenapi,
  labelMongoose,
  labelNest,
  labelNewestSql,
  labelTypeorm,
} from "./held-out-labels.ts";
import { labelJpa, labelSpring } from "./other-labels.ts";
import {
  labelDjango,
  labelDjangoUrls,
  labelPydantic,
  labelPythonRoutes,
  labelSqlalchemyTables,
} from "./python-labels.ts";
import { labelNextApp } from "./script-labels.ts";

const goSource = /^(?!(?:.*\/)?vendor\/).*\.go$/;

/** Repositories that were not read during the development of the extractors. */
export const heldOutCases: readonly ExtractorCase[] = [
  { extractor: "django", repository: "wagtail/bakerydemo", label: labelDjango, origins: ["django"] },
  { extractor: "django-urls", repository: "wagtail/bakerydemo", label: labelDjangoUrls, routesIn: /\.py$/ },
  {
    extractor: "sqlalchemy",
    repository: "miguelgrinberg/flasky",
    label: labelSqlalchemyTables,
    origins: ["sqlalchemy"],
  },
  { extractor: "fastapi (Flask)", repository: "miguelgrinberg/flasky", label: labelPythonRoutes, routesIn: /\.py$/ },
  {
    extractor: "pydantic",
    repository: "testdrivenio/fastapi-sqlmodel-alembic",
    label: labelPydantic,
    origins: ["pydantic", "sqlalchemy"],
  },
  {
    extractor: "fastapi",
    repository: "testdrivenio/fastapi-sqlmodel-alembic",
    label: labelPythonRoutes,
    routesIn: /\.py$/,
  },
  { extractor: "go-structs", repository: "eddycjy/go-gin-example", label: labelGoStructs, origins: ["go-struct"] },
  { extractor: "go-routes", repository: "eddycjy/go-gin-example", label: labelGoRoutes, routesIn: goSource },
  { extractor: "go-structs", repository: "dhax/go-base", label: labelGoStructs, origins: ["go-struct"] },
  { extractor: "go-routes", repository: "dhax/go-base", label: labelGoRoutes, routesIn: goSource },
  { extractor: "go-routes", repository: "techschool/simplebank", label: labelGoRoutes, routesIn: goSource },
  { extractor: "sql-ddl", repository: "techschool/simplebank", label: labelNewestSql, origins: ["sql"] },
  {
    extractor: "typeorm",
    repository: "lujakob/nestjs-realworld-example-app",
    label: labelTypeorm,
    origins: ["typeorm"],
  },
  {
    extractor: "nest-routes",
    repository: "lujakob/nestjs-realworld-example-app",
    label: labelNest,
    routesIn: /\.ts$/,
  },
  {
    extractor: "mongoose",
    repository: "hagopj13/node-express-boilerplate",
    label: labelMongoose,
    entitiesIn: /^src\//,
    origins: ["mongoose"],
  },
  { extractor: "express", repository: "hagopj13/node-express-boilerplate", label: labelExpress, routesIn: /\.js$/ },
  { extractor: "drizzle", repository: "nextjs/saas-starter", label: labelDrizzle, origins: ["drizzle"] },
  {
    extractor: "next-routes",
    repository: "nextjs/saas-starter",
    label: labelNextApp,
    routesIn: /(?:^|\/)app\/(?:.*\/)?(?:route|page)\./,
  },
  { extractor: "drizzle", repository: "w3cj/hono-open-api-starter", label: labelDrizzle, origins: ["drizzle"] },
  { extractor: "hono", repository: "w3cj/hono-open-api-starter", label: labelHonoOpenapi, routesIn: /src\/routes\// },
  { extractor: "jpa", repository: "spring-petclinic/spring-petclinic-rest", label: labelJpa, origins: ["jpa"] },
  {
    extractor: "spring-routes",
    repository: "gothinkster/spring-boot-realworld-example-app",
    label: labelSpring,
    routesIn: /\.java$/,
  },
];
