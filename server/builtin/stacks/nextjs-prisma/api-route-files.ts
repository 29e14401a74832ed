import { withArticle } from "#server/builtin/entity-names.ts";
import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity, PlannedLink } from "#server/builtin/project-plan.ts";
import { spellField } from "./prisma-types.ts";

/** The handlers in `app/api/<plural>`. */
export function renderApiRoutes({
  entity,
  schemaModule = `@/lib/schemas/${entity.names.kebab}`,
}: {
  entity: PlannedEntity;
  schemaModule?: string;
}): GeneratedFile[] {
  const { names, links } = entity;
  return [
    { path: `app/api/${names.kebabPlural}/route.ts`, text: renderListRoute({ entity, schemaModule }) },
    { path: `app/api/${names.kebabPlural}/[id]/route.ts`, text: renderItemRoute({ entity, schemaModule }) },
    ...links.filter(({ isOwner }) => isOwner).map((link) => renderLinkRoute({ entity, link })),
  ];
}

function renderListRoute({ entity, schemaModule }: { entity: PlannedEntity; schemaModule: string }): string {
  const { camel, camelPlural, words, wordsPlural } = entity.names;
  return `import { NextResponse } from "next/server";
import { prisma } from "@/lib/db";
import { answerDatabaseErrors, invalidInput, readJson } from "@/lib/http";
import { ${camel}CreateSchema } from "${schemaModule}";

/** All ${wordsPlural}, oldest first. */
export async function GET() {
  const ${camelPlural} = await prisma.${camel}.findMany({ orderBy: { id: "asc" } });
  return NextResponse.json(${camelPlural});
}

/** Creates ${withArticle(words)}. */
export async function POST(request: Request) {
  const parsed = ${camel}CreateSchema.safeParse(await readJson(request));
  if (!parsed.success) return invalidInput(parsed.error);
  return answerDatabaseErrors(async () =>
    NextResponse.json(await prisma.${camel}.create({ data: parsed.data }), { status: 201 }),
  );
}
`;
}

function renderItemRoute({ entity, schemaModule }: { entity: PlannedEntity; schemaModule: string }): string {
  const { camel, words } = entity.names;
  return `import { NextResponse } from "next/server";
import { prisma } from "@/lib/db";
import { answerDatabaseErrors, invalidInput, notFound, readId, readJson } from "@/lib/http";
import { ${camel}UpdateSchema } from "${schemaModule}";

type Context = { params: Promise<{ id: string }> };

/** One ${words}, or 404. */
export async function GET(_request: Request, { params }: Context) {
  const id = readId((await params).id);
  const record = id === null ? null : await prisma.${camel}.findUnique({ where: { id } });
  return record === null ? notFound() : NextResponse.json(record);
}

/** Changes the fields that are sent. */
export async function PATCH(request: Request, { params }: Context) {
  const id = readId((await params).id);
  if (id === null) return notFound();
  const parsed = ${camel}UpdateSchema.safeParse(await readJson(request));
  if (!parsed.success) return invalidInput(parsed.error);
  return answerDatabaseErrors(async () =>
    NextResponse.json(await prisma.${camel}.update({ where: { id }, data: parsed.data })),
  );
}

/** Deletes ${withArticle(words)}. */
export async function DELETE(_request: Request, { params }: Context) {
  const id = readId((await params).id);
  if (id === null) return notFound();
  return answerDatabaseErrors(async () => {
    await prisma.${camel}.delete({ where: { id } });
    return new NextResponse(null, { status: 204 });
  });
}
`;
}

function renderLinkRoute({ entity, link }: { entity: PlannedEntity; link: PlannedLink }): GeneratedFile {
  const { names } = entity;
  const relation = spellField({ name: link.fieldName, fieldCase: "camel" });
  const segment = link.fieldName.replaceAll("_", "-");
  const otherId = `${link.target.camel}Id`;
  return {
    path: `app/api/${names.kebabPlural}/[id]/${segment}/[${otherId}]/route.ts`,
    text: `import { NextResponse } from "next/server";
import { prisma } from "@/lib/db";
import { answerDatabaseErrors, notFound, readId } from "@/lib/http";

type Context = { params: Promise<{ id: string; ${otherId}: string }> };

/** Links ${withArticle(link.target.words)} to ${withArticle(names.words)}; linking twice changes nothing. */
export async function PUT(_request: Request, { params }: Context) {
  return changeLink(await params, "connect");
}

/** Undoes the link; neither record is deleted. */
export async function DELETE(_request: Request, { params }: Context) {
  return changeLink(await params, "disconnect");
}

async function changeLink(params: { id: string; ${otherId}: string }, change: "connect" | "disconnect") {
  const id = readId(params.id);
  const ${otherId} = readId(params.${otherId});
  if (id === null || ${otherId} === null) return notFound();
  return answerDatabaseErrors(async () => {
    await prisma.${names.camel}.update({ where: { id }, data: { ${relation}: { [change]: { id: ${otherId} } } } });
    return new NextResponse(null, { status: 204 });
  });
}
`,
  };
}
