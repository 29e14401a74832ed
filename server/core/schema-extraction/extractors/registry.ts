import { alembicExtractor } from "./python/alembic.ts";
import { declarationsExtractor } from "./declarations.ts";
import { djangoExtractor } from "./python/django.ts";
import { djangoUrlsExtractor } from "./python/django-urls.ts";
import { drizzleExtractor } from "./scripts/drizzle.ts";
import { expressRoutesExtractor } from "./scripts/express-routes.ts";
import { exportsExtractor } from "./exports.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { fastapiExtractor } from "./python/fastapi.ts";
import { nextRoutesExtractor } from "./scripts/next-routes.ts";
import { goRoutesExtractor } from "./go/go-routes.ts";
import { goStructsExtractor } from "./go/go-structs.ts";
import { jpaExtractor } from "./java/jpa.ts";
import { mongooseExtractor } from "./scripts/mongoose.ts";
import { nestRoutesExtractor } from "./scripts/nest-routes.ts";
import { graphqlExtractor } from "./graphql.ts";
import { manifestsExtractor } from "./manifests.ts";
import { nextPagesExtractor } from "./scripts/next-pages.ts";
import { openapiExtractor } from "./openapi.ts";
import { prismaExtractor } from "./prisma.ts";
import { pydanticExtractor } from "./python/pydantic.ts";
import { reactRouterExtractor } from "./scripts/react-router.ts";
import { sequelizeExtractor } from "./scripts/sequelize.ts";
import { springRoutesExtractor } from "./java/spring-routes.ts";
import { sqlDdlExtractor } from "./sql/sql-ddl.ts";
import { sqlalchemyExtractor } from "./python/sqlalchemy.ts";
import { trpcExtractor } from "./scripts/trpc.ts";
import { tanstackRouterExtractor } from "./scripts/tanstack-router.ts";
import { typeormExtractor } from "./scripts/typeorm.ts";
import { typescriptTypesExtractor } from "./scripts/typescript-types.ts";
import { zodExtractor } from "./scripts/zod.ts";

/** Every kind of source that a code schema is read from. */
export const registeredExtractors: readonly FactExtractor[] = [
  sqlalchemyExtractor,
  pydanticExtractor,
  fastapiExtractor,
  djangoExtractor,
  djangoUrlsExtractor,
  prismaExtractor,
  drizzleExtractor,
  typeormExtractor,
  mongooseExtractor,
  sequelizeExtractor,
  sqlDdlExtractor,
  alembicExtractor,
  jpaExtractor,
  springRoutesExtractor,
  goStructsExtractor,
  goRoutesExtractor,
  typescriptTypesExtractor,
  zodExtractor,
  trpcExtractor,
  expressRoutesExtractor,
  nestRoutesExtractor,
  nextRoutesExtractor,
  nextPagesExtractor,
  reactRouterExtractor,
  tanstackRouterExtractor,
  graphqlExtractor,
  openapiExtractor,
  manifestsExtractor,
  exportsExtractor,
  declarationsExtractor,
];
