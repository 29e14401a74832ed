import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { RunId } from "#lib/contracts/ids.ts";
import type { StepMemo } from "#server/orchestrator/ports.ts";
import type { Database, Transaction } from "../database.ts";

/**
 * The stored steps of one run. When two workers finish the same step, both use the result that was stored first, so
 * that a run that changed workers never mixes two answers.
 */
export function createStepMemo({ database, runId }: { database: Database; runId: RunId }): StepMemo {
  const find = (key: string) => database.prisma.runStep.findUnique({ where: { runId_key: { runId, key } } });
  return {
    async recall<Result>(key: string): Promise<Result | null> {
      const stored = await find(key);
      return stored === null ? null : decode<Result>(stored.result);
    },
    async remember<Result>(key: string, compute: () => Promise<Result>): Promise<Result> {
      const stored = await find(key);
      if (stored !== null) return decode<Result>(stored.result);
      const result = await compute();
      const { count } = await database.prisma.runStep.createMany({
        data: [{ runId, key, result: encode(result) }],
        skipDuplicates: true,
      });
      if (count === 1) return result;
      const winner = await database.prisma.runStep.findUniqueOrThrow({ where: { runId_key: { runId, key } } });
      return decode<Result>(winner.result);
    },
  };
}

/**
 * Copies the finished steps of another run with the same request, so that this run continues after them. They keep
 * their time, which is before this run's own: their cost was paid once.
 */
export async function copyRunSteps({
  transaction,
  fromRunId,
  toRunId,
}: {
  transaction: Transaction;
  fromRunId: RunId;
  toRunId: RunId;
}): Promise<void> {
  await transaction.$executeRaw`INSERT INTO "RunStep" ("runId", key, result, "createdAt") SELECT ${toRunId}, key, result, "createdAt" FROM "RunStep" WHERE "runId" = ${fromRunId}`;
}

function encode(result: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zstdCompressSync(JSON.stringify(result)));
}

function decode<Result>(bytes: Uint8Array): Result {
  return JSON.parse(zstdDecompressSync(bytes).toString("utf8")) as Result;
}
