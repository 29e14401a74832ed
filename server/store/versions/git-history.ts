import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { GenerationId, ObjectId, ProjectId } from "#lib/contracts/ids.ts";
import type { Transaction } from "../database.ts";
import { hashFromBytes } from "../contents/hash-bytes.ts";
import type { TreeHash } from "../contents/directory-codec.ts";

export type VersionPlace = {
  generationId: GenerationId;
  version: number;
  label: string | null;
  isHead: boolean;
  /** No version was made from it. */
  isTip: boolean;
};

/** Every version of a project in order, with the data that its refs depend on. */
export async function listVersionPlaces({
  transaction,
  projectId,
}: {
  transaction: Transaction;
  projectId: ProjectId;
}): Promise<VersionPlace[]> {
  return transaction.$queryRaw<VersionPlace[]>`
    SELECT generation.id AS "generationId", generation.version, mark.label,
      project."headGenerationId" IS NOT DISTINCT FROM generation.id AS "isHead",
      NOT EXISTS (SELECT 1 FROM "GenerationParent" parent WHERE parent."parentId" = generation.id) AS "isTip"
    FROM "Generation" generation
    JOIN "Project" project ON project.id = generation."projectId"
    LEFT JOIN "GenerationMark" mark ON mark."generationId" = generation.id
    WHERE generation."projectId" = ${projectId}
    ORDER BY generation.version`;
}

export type VersionFacts = {
  generationId: GenerationId;
  version: number;
  kind: GenerationKind;
  author: "model" | "user";
  prompt: string | null;
  model: string | null;
  createdAt: Date;
  rootTreeHash: TreeHash;
  parentGenerationIds: GenerationId[];
  /** The original commit of a pushed version. */
  pushed: { commitId: ObjectId; bytes: Uint8Array } | null;
};

/** The data from which the commits of versions are made, in order. */
export async function listVersionFacts({
  transaction,
  generationIds,
}: {
  transaction: Transaction;
  generationIds: readonly GenerationId[];
}): Promise<VersionFacts[]> {
  const rows = await transaction.generation.findMany({
    where: { id: { in: [...generationIds] } },
    orderBy: { version: "asc" },
    select: {
      id: true,
      version: true,
      kind: true,
      author: true,
      prompt: true,
      createdAt: true,
      rootTreeHash: true,
      parents: { select: { parentId: true }, orderBy: { position: "asc" } },
      run: { select: { modelId: true } },
      pushed: { select: { commitId: true, bytes: true } },
    },
  });
  return rows.map((row) => ({
    generationId: row.id as GenerationId,
    version: row.version,
    kind: row.kind,
    author: row.author === "model" ? "model" : "user",
    prompt: row.prompt,
    model: row.run?.modelId ?? null,
    createdAt: row.createdAt,
    rootTreeHash: hashFromBytes(row.rootTreeHash),
    parentGenerationIds: row.parents.map(({ parentId }) => parentId as GenerationId),
    pushed:
      row.pushed === null
        ? null
        : { commitId: Buffer.from(row.pushed.commitId).toString("hex") as ObjectId, bytes: row.pushed.bytes },
  }));
}

/** Locks the history repository of a project against every other process until the transaction ends. */
export async function lockHistoryRepository({
  transaction,
  projectId,
}: {
  transaction: Transaction;
  projectId: ProjectId;
}): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`git repository ${projectId}`}, 0))`;
}
