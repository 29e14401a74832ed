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
import { prismaExtractor } from "./prisma.ts";
import { pydanticExtractor } from "./pydantic.ts";
import { springRoutesExtractor } from "./spring-routes.ts";
import { sqlDdlExtractor } from "./sql-ddl.ts";
import { sqlalchemyExtractor } from "./sqlalchemy.ts";
import { trpcExtractor } from "./trpc.ts";
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
  sqlDdlExtractor,
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
  exportsExtractor,
  declarationsExtractor,
];
