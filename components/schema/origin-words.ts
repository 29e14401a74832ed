import type { EntityOrigin } from "#lib/contracts/versions/code-schema.ts";

/** What an entity is declared with, as its badge says it. */
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
