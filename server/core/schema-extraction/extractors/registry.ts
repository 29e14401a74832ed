import { alembicExtractor } from "./alembic.ts";
import { declarationsExtractor } from "./declarations.ts";
import { djangoExtractor } from "./django.ts";
import { djangoUrlsExtractor } from "./django-urls.ts";
import { drizzleExtractor } from "./drizzle.ts";
import { expressRoutesExtractor } from "./express-routes.ts";
import { exportsExtractor } from "./exports.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { fastapiExtractor } from "./fastapi.ts";
import { nextRoutesExtractor } from "./next-routes.ts";
import { goRoutesExtractor } from "./go-routes.ts";
import { goStructsExtractor } from "./go-structs.ts";
import { jpaExtractor } from "./jpa.ts";
import { mongooseExtractor } from "./mongoose.ts";
import { nestRoutesExtractor } from "./nest-routes.ts";
import { graphqlExtractor } from "./graphql.ts";
import { manifestsExtractor } from "./manifests.ts";
import { nextPagesExtractor } from "./next-pages.ts";
import { openapiExtractor } from "./openapi.ts";
import { prismaExtractor } from "./prisma.ts";
import { pydanticExtractor } from "./pydantic.ts";
import { reactRouterExtractor } from "./react-router.ts";
import { sequelizeExtractor } from "./sequelize.ts";
import { springRoutesExtractor } from "./spring-routes.ts";
import { sqlDdlExtractor } from "./sql-ddl.ts";
import { sqlalchemyExtractor } from "./sqlalchemy.ts";
import { trpcExtractor } from "./trpc.ts";
import { tanstackRouterExtractor } from "./tanstack-router.ts";
import { typeormExtractor } from "./typeorm.ts";
import { typescriptTypesExtractor } from "./typescript-types.ts";
import { zodExtractor } from "./zod.ts";

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
