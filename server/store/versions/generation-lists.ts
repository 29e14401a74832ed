import type { GenerationOutput, GenerationRelativesOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Page } from "#lib/contracts/page.ts";
import type { Database } from "../database.ts";
import { generationOutputInclude, toGenerationOutputs } from "./generation-outputs.ts";
import { findMergeBase, getGenerationSummary } from "./generations.ts";
import { matchWords } from "../match-words.ts";

/** A longer list of siblings is searched by text instead. */
const maxSiblings = 20;

/**
 * Newest first; the cursor is the last version of the page before. If the query is a version's number, that version
 * comes first.
 *
 * @param ofCommit the version that the query names by its commit, also first
 */
export async function listGenerations({
  database,
  projectId,
  query,
  ofCommit,
  cursor,
  limit,
}: {
  database: Database;
  projectId: ProjectId;
  query: string;
  ofCommit: GenerationId | null;
  cursor: string | null;
  limit: number;
}): Promise<Page<GenerationOutput>> {
  const before = cursor === null ? null : readVersionNumber(cursor);
  const named = readVersionNumber(query);
  const exact =
    named === null && ofCommit === null
      ? null
      : await database.prisma.generation.findFirst({
          where: { projectId, ...(ofCommit === null ? { version: named ?? 0 } : { id: ofCommit }) },
          include: generationOutputInclude,
        });
  const matching = await database.prisma.generation.findMany({
    where: {
      projectId,
      AND: [
        ...matchWords({ query, toCondition: (text) => ({ OR: [{ prompt: text }, { mark: { label: text } }] }) }),
        ...(before === null ? [] : [{ version: { lt: before } }]),
        ...(exact === null ? [] : [{ id: { not: exact.id } }]),
      ],
    },
    orderBy: { version: "desc" },
    take: limit + 1,
    include: generationOutputInclude,
  });
  const page = matching.slice(0, limit);
  const items = await toGenerationOutputs({
    database,
    rows: exact !== null && cursor === null ? [exact, ...page] : page,
  });
  return { items, nextCursor: matching.length > limit ? String(page.at(-1)?.version) : null };
}

/** `12` and `v12` name a version. */
function readVersionNumber(query: string): number | null {
  const digits = /^v?(\d{1,9})$/i.exec(query)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * The versions that one is usually compared with, given the other side of a comparison.
 *
 * @throws AppError GENERATION_NOT_FOUND for either of the two
 */
export async function findRelatives({
  database,
  ownerId,
  generationId,
  otherGenerationId,
}: {
  database: Database;
  ownerId: string;
  generationId: GenerationId;
  otherGenerationId: GenerationId;
}): Promise<GenerationRelativesOutput> {
  const { parentGenerationIds } = await getGenerationSummary({ database, ownerId, generationId });
  await getGenerationSummary({ database, ownerId, generationId: otherGenerationId });
  const [parentId] = parentGenerationIds;
  const siblingRows =
    parentId === undefined
      ? []
      : await database.prisma.generation.findMany({
          where: { id: { not: generationId }, parents: { some: { parentId, position: 0 } } },
          orderBy: { version: "desc" },
          take: maxSiblings,
          include: generationOutputInclude,
        });
  const ancestorId = await findMergeBase({ transaction: database.prisma, a: generationId, b: otherGenerationId });
  const { headGenerationId } = await database.prisma.project.findFirstOrThrow({
    where: { generations: { some: { id: generationId } } },
    select: { headGenerationId: true },
  });
  const ids = [headGenerationId, ancestorId, ...parentGenerationIds].filter((id) => id !== null);
  const rows = await database.prisma.generation.findMany({
    where: { id: { in: ids } },
    include: generationOutputInclude,
  });
  const outputs = new Map(
    (await toGenerationOutputs({ database, rows })).map((output) => [output.generationId as string, output]),
  );
  return {
    active: headGenerationId === null ? null : (outputs.get(headGenerationId) ?? null),
    parents: parentGenerationIds.flatMap((id) => outputs.get(id) ?? []),
    siblings: await toGenerationOutputs({ database, rows: siblingRows }),
    commonAncestor: ancestorId === null ? null : (outputs.get(ancestorId) ?? null),
  };
}
