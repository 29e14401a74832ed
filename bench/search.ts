import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { promisify } from "node:util";
import type { GenerationSearchInput } from "#lib/contracts/versions/search.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { measure, median } from "./measure.ts";
import { buildProjectFixture } from "./project-fixture.ts";

const run = promisify(execFile);
const rounds = 7;

const searches: { name: string; input: Omit<GenerationSearchInput, "generationId">; ripgrep: string[] }[] = [
  { name: "rare text, any case", input: { query: "MODULE-77.TS" }, ripgrep: ["-iF", "MODULE-77.TS"] },
  {
    name: "absent text, with case",
    input: { query: "NoSuchThing", isCaseSensitive: true },
    ripgrep: ["-F", "NoSuchThing"],
  },
  { name: "common text, any case", input: { query: "export" }, ripgrep: ["-iF", "export"] },
  {
    name: "expression with a word, with case",
    input: { query: "NoSuch\\w+Thing", isRegex: true, isCaseSensitive: true },
    ripgrep: ["NoSuch\\w+Thing"],
  },
  {
    name: "expression without a word, any case",
    input: { query: "[a-z]+[0-9]{7,}x", isRegex: true },
    ripgrep: ["-i", "[a-z]+[0-9]{7,}x"],
  },
];

/** A search in a version with its texts in memory, compared with ripgrep on the same files in a warm page cache. */
export async function benchSearch({ server }: { server: TestServer }): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const fileCount of [5_000, 20_000]) rows.push(...(await benchOne({ server, fileCount })));
  return rows;
}

async function benchOne({ server, fileCount }: { server: TestServer; fileCount: number }): Promise<BenchRow[]> {
  const { texts } = buildProjectFixture(fileCount);
  const directory = await mkdtemp(join(tmpdir(), "graft-bench-search-"));
  try {
    for (const [path, text] of texts) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    const { generationId } = await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: `Search ${fileCount}`,
      archive: await buildArchive(Object.fromEntries(texts)),
    });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const startedAt = performance.now();
    await server.api.generation.search({ generationId, query: "nothing of this kind" });
    const coldMs = performance.now() - startedAt;
    delay.disable();
    const rows: BenchRow[] = [
      {
        name: `search, first one, ${fileCount} files`,
        graft: `${formatMs(coldMs)}; blocks ${formatMs(delay.max / 1_000_000)}`,
        yardstick: "",
        note: "contents come from the database; longest block of the event loop",
      },
    ];
    for (const { name, input, ripgrep } of searches) {
      const graftMs: number[] = [];
      const ripgrepMs: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        graftMs.push((await measure(() => server.api.generation.search({ generationId, ...input }))).ms);
        ripgrepMs.push((await measure(() => runRipgrep({ directory, args: ripgrep }))).ms);
      }
      rows.push({
        name: `search, ${name}, ${fileCount} files`,
        graft: formatMs(median(graftMs)),
        yardstick: formatMs(median(ripgrepMs)),
        note: "ripgrep on the same files",
      });
    }
    return rows;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Exit code 1 means no match. */
async function runRipgrep({ directory, args }: { directory: string; args: readonly string[] }): Promise<void> {
  await run("rg", ["--no-config", "--no-ignore", "--hidden", "-n", ...args, directory], {
    maxBuffer: 512 * 1_048_576,
  }).catch((error: { code?: unknown }) => {
    if (error.code !== 1) throw error as Error;
  });
}
