import { extname } from "node:path/posix";
import { limits } from "#lib/contracts/limits.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { SecretFinding } from "#server/core/secrets/secret-finding.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { SearchedFile, SecretReader } from "#server/orchestrator/ports.ts";
import type { Database } from "#server/store/database.ts";
import { deriveAll, type DerivedKind } from "#server/store/contents/derived-contents.ts";
import { groupBySize } from "#server/threads/group-by-size.ts";
import { mapInThreads } from "#server/threads/map-in-threads.ts";
import type { ThreadPool } from "#server/threads/thread-pool.ts";

/** Increase it with each version of the rules. */
const findingsKind: DerivedKind<SecretFinding[]> = { name: "secrets", version: 2 };

/** 1 MiB takes below 0.1 s, whatever its content. A file that takes longer is reported as not searched. */
const timeoutMs = 10_000;

const couldNotSearch: SecretFinding = {
  kind: "text that could not be searched for secrets",
  line: 1,
  start: 0,
  end: 0,
};

/** The limit for contents held in memory together: as bytes, as text and as a thread's copy. */
const batchBytes = 4 * 1_048_576;

/** The number of contents whose result a process caches; nearly all have no finding. */
const maxRemembered = 50_000;

/**
 * Finds secrets in files. Each content is scanned only once: positions are stored by content hash in the database,
 * secrets themselves never.
 */
export function createSecretReader({ database, threads }: { database: Database; threads: ThreadPool }): SecretReader {
  let remembered = new Map<string, SecretFinding[]>();
  return {
    async find({ files, loadContents }) {
      const texts = files.filter(({ sizeBytes }) => sizeBytes <= limits.textFileBytes);
      const fileByKey = new Map(
        texts.flatMap((file) => (remembered.has(toKey(file)) ? [] : [[toKey(file), file] as const])),
      );
      const found = await deriveAll({
        database,
        kind: findingsKind,
        keys: [...fileByKey.keys()],
        async compute(missing) {
          const found = new Map<string, SecretFinding[]>();
          for (const batch of groupBySize({
            items: missing,
            sizeOf: (key) => fileByKey.get(key)?.sizeBytes ?? 0,
            maxBytes: batchBytes,
          })) {
            const searched = batch.flatMap((key) => fileByKey.get(key) ?? []);
            const contents = await loadContents(searched.map(({ contentHash }) => contentHash));
            const sources = searched.map(({ path, contentHash }) => {
              const bytes = contents.get(contentHash);
              return { path, text: bytes === undefined ? "" : (readEncodedText(bytes)?.text ?? "") };
            });
            const findings = await mapInThreads({
              threads,
              task: "findSecrets",
              items: sources,
              sizeOf: ({ text }) => text.length,
              timeoutMs,
            });
            batch.forEach((key, index) => found.set(key, findings[index] ?? [couldNotSearch]));
          }
          return found;
        },
      });
      if (remembered.size > maxRemembered) remembered = new Map();
      for (const [key, findings] of found) remembered.set(key, findings);
      return new Map(
        texts.flatMap((file): [FilePath, SecretFinding[]][] => {
          const findings = remembered.get(toKey(file)) ?? [];
          return findings.length === 0 ? [] : [[file.path, findings]];
        }),
      );
    },
  };
}

/** Rules depend on the content, and some on the kind of file. */
function toKey({ path, contentHash }: SearchedFile): string {
  return `${contentHash} ${extname(path)}`;
}
