import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import type { ContentHash } from "#lib/contracts/ids.ts";
import type { CaseResult } from "#server/core/checks/cases/case-result.ts";
import type { Database, Transaction } from "../database.ts";
import { hashFromBytes, hashToBytes } from "../contents/hash-bytes.ts";
import { Prisma } from "../prisma-client/client.ts";
import { toStorableJson } from "../storable-json.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

type CaseCounts = { passed: number; failed: number; skipped: number };

type NewCheckResult = {
  ownerId: string;
  rootTreeHash: ContentHash;
  command: string;
  toolchain: string;
  hasPassed: boolean;
  exitCode: number | null;
  reason: string | null;
  durationMs: number;
  counts: CaseCounts | null;
  cases: readonly CaseResult[];
  log: string;
};

/** Without its log. `cases` lists only failed cases. */
export type StoredCheckResult = Omit<NewCheckResult, "ownerId" | "log"> & {
  resultId: string;
  createdAt: Date;
  /**
   * The number of all cases. Null if they were not requested, not all stored, or if the tool names only failed ones.
   */
  caseNames: string[] | null;
};

/** The only way to write a result. Results are never changed or deleted. */
export async function insertCheckResult({
  transaction,
  result: { rootTreeHash, counts, cases, log, ...plain },
}: {
  transaction: Transaction;
  result: NewCheckResult;
}): Promise<string> {
  const { id } = await transaction.checkResult.create({
    data: {
      ...plain,
      rootTreeHash: hashToBytes(rootTreeHash),
      ...(counts === null ? {} : { counts: toStorableJson(counts) }),
      cases: toStorableJson(cases),
      log: new Uint8Array(await compress(log)),
    },
    select: { id: true },
  });
  return id;
}

type Row = Omit<StoredCheckResult, "rootTreeHash"> & { rootTreeHash: Uint8Array };

/** All results of an owner for these trees, oldest first. Passed cases may be many and stay in the database. */
export async function listCheckResults({
  transaction,
  ownerId,
  rootTreeHashes,
  withNames = false,
}: {
  transaction: Transaction;
  ownerId: string;
  rootTreeHashes: readonly ContentHash[];
  withNames?: boolean;
}): Promise<StoredCheckResult[]> {
  if (rootTreeHashes.length === 0) return [];
  const rows = await transaction.$queryRaw<Row[]>`
    SELECT id AS "resultId", "rootTreeHash", command, toolchain, "hasPassed", "exitCode", reason, "durationMs", counts, "createdAt",
      jsonb_path_query_array(cases, '$[*] ? (@.status == "failed")') AS cases,
      CASE WHEN ${withNames} AND (counts ->> 'passed')::int > 0 THEN jsonb_path_query_array(cases, '$[*].name') END AS "caseNames"
    FROM "CheckResult" WHERE "ownerId" = ${ownerId} AND "rootTreeHash" IN (${Prisma.join(rootTreeHashes.map(hashToBytes))})
    ORDER BY "createdAt", id`;
  return rows.map(({ caseNames, ...row }) => ({
    ...row,
    rootTreeHash: hashFromBytes(row.rootTreeHash),
    caseNames: caseNames !== null && caseNames.length === countCases(row.counts) ? caseNames : null,
  }));
}

function countCases(counts: CaseCounts | null): number {
  return counts === null ? 0 : counts.passed + counts.failed + counts.skipped;
}

/** What the command of a result printed. */
export async function readCheckLog({ database, resultId }: { database: Database; resultId: string }): Promise<string> {
  const { log } = await database.prisma.checkResult.findUniqueOrThrow({
    where: { id: resultId },
    select: { log: true },
  });
  return (await decompress(log)).toString("utf8");
}
