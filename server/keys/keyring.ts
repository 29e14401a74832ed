import { join } from "node:path";
import type { ProviderName } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import type { Database } from "#server/store/database.ts";
import { deleteProviderKey, listProviderKeys, putProviderKey } from "#server/store/provider-keys.ts";
import { ensureKeyFile, readKeyFile } from "./key-file.ts";
import { openKey, sealKey } from "./sealed-key.ts";

/** A stored key. `value` is null if this host's key file did not encrypt it or is unusable. */
type StoredKey = { value: string | null; storedAt: Date };

export interface Keyring {
  /** Read at each call, so that every process uses a new key from its next call on. */
  read(): Promise<ReadonlyMap<ProviderName, StoredKey>>;
  /** Replaces the stored key of the provider. @throws AppError KEY_FILE_UNUSABLE */
  put(key: { provider: ProviderName; value: string }): Promise<void>;
  remove(provider: ProviderName): Promise<void>;
}

/** In the data directory, and excluded from backups: without it, the stored keys cannot be decrypted. */
const keyFileName = "provider-keys.key";

/** Provider keys pasted by the user: encrypted in the database with a key from a file of this host. */
export function createKeyring({ database, dataDir }: { database: Database; dataDir: string }): Keyring {
  const path = join(dataDir, keyFileName);
  return {
    async read() {
      const rows = await listProviderKeys({ database });
      if (rows.length === 0) return new Map();
      const masterKey = await readUsableKey(path);
      return new Map(
        rows.map(({ provider, sealed, storedAt }) => [
          provider,
          { storedAt, value: masterKey === null ? null : openKey({ masterKey, provider, sealed }) },
        ]),
      );
    },
    async put({ provider, value }) {
      const masterKey = await ensureKeyFile(path);
      await putProviderKey({ database, provider, sealed: sealKey({ masterKey, provider, value }) });
    },
    remove: (provider) => deleteProviderKey({ database, provider }),
  };
}

/** An unusable file counts as missing here: the settings report that the keys cannot be read. */
async function readUsableKey(path: string): Promise<Uint8Array | null> {
  try {
    return await readKeyFile(path);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
