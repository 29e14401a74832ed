import type { Socket } from "node:net";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { PreviewContainer } from "#server/container.ts";
import type { Preparation } from "#server/core/previews/plan-preparation.ts";
import { applyPrismaSchema } from "#server/database/previews/apply-prisma-schema.ts";
import { guardDatabaseConnection } from "#server/database/previews/guard-database-connection.ts";
import {
  createPreviewDatabase,
  dropPreviewDatabase,
  toPreviewDatabaseName,
  type PreviewDatabase,
} from "#server/database/previews/preview-database.ts";
import { forgetPreviewDatabase, notePreview, type StoredPreview } from "#server/store/previews/previews.ts";
import { PreviewEnded } from "./preview-ended.ts";

export type ProvidedDatabase = {
  /** Its address under the project's variable names, only for the sandbox. */
  env: Record<string, string>;
  password: string;
  onConnection(client: Socket): void;
  /** @throws PreviewEnded */
  applyPrisma(options: {
    prisma: NonNullable<Preparation["prisma"]>;
    readText: (path: FilePath) => Promise<string>;
  }): Promise<void>;
  /** Aborts when it is too large, with the message for the user. */
  watchSize(signal: AbortSignal): AbortSignal;
};

const address = "127.0.0.1:5432";

/** The preview's own database. Its name is stored first, so that it is dropped after a crash. */
export async function provideDatabase({
  container: { database, connectionString, databaseBytes },
  preview: { previewId },
  variables,
}: {
  container: Pick<PreviewContainer, "database" | "connectionString" | "databaseBytes">;
  preview: StoredPreview;
  variables: Preparation["databaseVariables"];
}): Promise<ProvidedDatabase> {
  const name = toPreviewDatabaseName(previewId);
  await notePreview({ database, previewId, change: { databaseName: name } });
  const made = await createPreviewDatabase({ connectionString, name }).catch((error: unknown) => {
    throw new PreviewEnded({ status: "FAILED", reason: `Its database could not be created. ${messageOf(error)}` });
  });
  return {
    env: toEnvironment({ made, variables }),
    password: made.password,
    onConnection: (client) => guardDatabaseConnection({ client, connectionString, name }),
    async applyPrisma({ prisma: { schemaPaths, migrationPaths }, readText }) {
      const read = (paths: readonly FilePath[]) =>
        Promise.all(paths.map(async (path) => ({ path, text: await readText(path) })));
      const [schemas, migrations] = [await read(schemaPaths), await read(migrationPaths)];
      await applyPrismaSchema({ connectionString: made.connectionString, schemas, migrations }).catch(
        (error: unknown) => {
          const reason = `The tables of its Prisma schema could not be created. ${messageOf(error).slice(0, 1_000)}`;
          throw new PreviewEnded({ status: "FAILED", reason });
        },
      );
    },
    watchSize(signal) {
      const tooLarge = new AbortController();
      made.untilTooLarge({ maxBytes: databaseBytes, signal }).then(
        () =>
          tooLarge.abort(
            `Its database grew above ${databaseBytes / 1_048_576} MiB, so it was stopped. Start it again to continue with an empty one.`,
          ),
        () => undefined,
      );
      return tooLarge.signal;
    },
  };
}

/** On failure the row keeps the name, and the next poll retries. */
export async function removeDatabase({
  container: { database, connectionString },
  preview: { previewId },
}: {
  container: Pick<PreviewContainer, "database" | "connectionString">;
  preview: StoredPreview;
}): Promise<void> {
  await dropPreviewDatabase({ connectionString, name: toPreviewDatabaseName(previewId) });
  await forgetPreviewDatabase({ database, previewId });
}

function toEnvironment({
  made: { name, password },
  variables,
}: {
  made: PreviewDatabase;
  variables: Preparation["databaseVariables"];
}): Record<string, string> {
  const [host = "", port = ""] = address.split(":");
  return {
    ...Object.fromEntries(
      variables.map((variable) => [variable.name, `${variable.scheme}://${name}:${password}@${address}/${name}`]),
    ),
    PGHOST: host,
    PGPORT: port,
    PGUSER: name,
    PGPASSWORD: password,
    PGDATABASE: name,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
