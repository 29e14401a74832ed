import { providerNames, type ProviderName } from "#lib/contracts/model.ts";
import type { Database } from "./database.ts";

type ProviderKeyRow = { provider: ProviderName; sealed: Uint8Array; storedAt: Date };

/** The sealed keys. They belong to the host, like keys in its environment, and to no project owner. */
export async function listProviderKeys({ database }: { database: Database }): Promise<ProviderKeyRow[]> {
  const rows = await database.prisma.providerKey.findMany({ orderBy: { provider: "asc" } });
  return rows.flatMap(({ provider: stored, sealed, storedAt }) => {
    const provider = providerNames.find((name) => name === stored);
    return provider === undefined ? [] : [{ provider, sealed, storedAt }];
  });
}

export async function putProviderKey({
  database,
  provider,
  sealed,
}: {
  database: Database;
  provider: ProviderName;
  sealed: Uint8Array<ArrayBuffer>;
}): Promise<void> {
  const row = { sealed, storedAt: new Date() };
  await database.prisma.providerKey.upsert({ where: { provider }, create: { provider, ...row }, update: row });
}

export async function deleteProviderKey({
  database,
  provider,
}: {
  database: Database;
  provider: ProviderName;
}): Promise<void> {
  await database.prisma.providerKey.deleteMany({ where: { provider } });
}
