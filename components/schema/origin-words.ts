import type { EntityOrigin } from "#lib/contracts/versions/code-schema.ts";

/** The badge for an entity's origin. */
export const originWords: Record<EntityOrigin, string> = {
  sqlalchemy: "SQLAlchemy",
  pydantic: "Pydantic",
  django: "Django",
  prisma: "Prisma",
  drizzle: "Drizzle",
  typeorm: "TypeORM",
  mongoose: "Mongoose",
  sql: "SQL",
  jpa: "JPA",
  sequelize: "Sequelize",
  alembic: "Alembic",
  "go-struct": "Go struct",
  "typescript-type": "TypeScript type",
  zod: "Zod",
  graphql: "GraphQL",
  openapi: "OpenAPI",
  prompt: "from the prompt",
};
