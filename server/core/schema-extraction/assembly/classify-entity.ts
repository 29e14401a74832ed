import type { CodeEntity, EntityKind, EntityOrigin } from "#lib/contracts/versions/code-schema.ts";

/** Origins that only declare database tables or collections. */
const isTableOrigin = {
  sqlalchemy: true,
  django: true,
  prisma: true,
  drizzle: true,
  typeorm: true,
  mongoose: true,
  sql: true,
  jpa: true,
  sequelize: true,
  alembic: true,
  prompt: true,
  pydantic: false,
  "go-struct": false,
  zod: false,
  graphql: false,
  openapi: false,
  "typescript-type": false,
} satisfies Record<EntityOrigin, boolean>;

const settingsName = /(?:Settings|Config|Configuration|Env|Environment|Options)(?:Schema)?$/i;
const requestName =
  /(?:^(?:[Cc]reate|[Uu]pdate|[Pp]atch|[Uu]psert|[Dd]elete|[Nn]ew|[Rr]egister|[Ll]ogin)[A-Z_]|(?:Create|Creation|Update|Patch|Upsert|Input|In|Request|Form|Params|Query|Payload|Body|Args|Register|Registration|Login|Edit)(?:Schema|Dto|DTO|Data|Type)?$)/;
const responseName =
  /(?:Read|Response|Out|Output|Public|Detail|Details|Result|Results|Reply|Serializer)(?:Schema|Dto|DTO|Type)?$/;

/** The role of an entity, from its origin, or else from the words of its name. */
export function classifyEntity({ origin, name }: Pick<CodeEntity, "origin" | "name">): EntityKind {
  if (isTableOrigin[origin]) return "table";
  if (settingsName.test(name)) return "settings";
  if (requestName.test(name)) return "request";
  return responseName.test(name) ? "response" : "other";
}
