import type { ContentHash } from "#lib/contracts/ids.ts";
import { judgeTree, type Verdict } from "#server/core/checks/compare-evidence.ts";
import { listCheckResults, type StoredCheckResult } from "#server/store/checks/check-results.ts";
import type { Transaction } from "#server/store/database.ts";

export type Verdicts = {
  /** The combined results of a command on a tree; null if there is none. */
  find(key: { rootTreeHash: ContentHash; command: string }): Verdict | null;
  findLatest(key: { rootTreeHash: ContentHash; command: string }): StoredCheckResult | null;
  count(key: { rootTreeHash: ContentHash; command: string }): number;
};

/** The results of an owner on these trees, combined. */
export async function loadVerdicts({
  transaction,
  ownerId,
  rootTreeHashes,
  withNames = false,
}: {
  transaction: Transaction;
  ownerId: string;
  rootTreeHashes: readonly ContentHash[];
  /** Distinguishes a passed case from a removed one, which needs all names. */
  withNames?: boolean;
}): Promise<Verdicts> {
  const results = await listCheckResults({
    transaction,
    ownerId,
    rootTreeHashes: [...new Set(rootTreeHashes)],
    withNames,
  });
  const byKey = Map.groupBy(results, toKey);
  return {
    find: (key) => judgeTree(byKey.get(toKey(key)) ?? []),
    findLatest: (key) => byKey.get(toKey(key))?.at(-1) ?? null,
    count: (key) => byKey.get(toKey(key))?.length ?? 0,
  };
}

function toKey({ rootTreeHash, command }: { rootTreeHash: ContentHash; command: string }): string {
  return `${rootTreeHash} ${command}`;
}
