import { open, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { bytesOfFile } from "#server/archive/byte-source.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { TreeObjects } from "#server/store/contents/tree-objects.ts";
import { exportArchive } from "#server/services/versions/importing/export-archive.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { measure } from "./measure.ts";
import { buildProjectFixture } from "./project-fixture.ts";

/** Import and export of large projects: duration, additional memory, and the longest block of the event loop. */
export async function benchArchives({ server }: { server: TestServer }): Promise<BenchRow[]> {
  const directory = await mkdtemp(join(tmpdir(), "graft-bench-"));
  try {
    const rows: BenchRow[] = [];
    for (const fileCount of [5_000, 20_000]) {
      const path = join(directory, `${fileCount}.zip`);
      await writeFile(path, await buildArchive(Object.fromEntries(buildProjectFixture(fileCount).texts)));
      rows.push(...(await benchOne({ server, path, fileCount })));
    }
    return rows;
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function benchOne({
  server,
  path,
  fileCount,
}: {
  server: TestServer;
  path: string;
  fileCount: number;
}): Promise<BenchRow[]> {
  const { container } = server;
  const handle = await open(path);
  try {
    const { size: sizeBytes } = await handle.stat();
    const imported = await observe(() =>
      importArchive({
        container,
        ownerId: testOwnerId,
        name: `Archive ${fileCount}`,
        archive: bytesOfFile({ handle, sizeBytes }),
      }),
    );
    const { generationId } = imported.result;
    const exported = await observe(() => countExport({ server, generationId }));
    const cold = await observe(() =>
      loadGenerationTree({ ...container, treeObjects: new TreeObjects(), ownerId: testOwnerId, generationId }),
    );
    const listed = await observe(() => server.api.generation.files({ generationId }));
    const detail = await observe(() => server.api.generation.get({ generationId }));
    const row = ({ name, seen }: { name: string; seen: Observed }): BenchRow => ({
      name: `${name}, ${fileCount} files`,
      graft: `${formatMs(seen.ms)}; +${seen.addedMiB} MiB; blocks ${formatMs(seen.longestBlockMs)}`,
      yardstick: "",
      note: "time; memory at its peak over the start; longest block of the event loop",
    });
    return [
      row({ name: `import of ${(sizeBytes / 1_048_576).toFixed(1)} MiB`, seen: imported }),
      row({ name: "export", seen: exported }),
      row({ name: "tree, nothing cached", seen: cold }),
      row({ name: "generation.files", seen: listed }),
      row({ name: "generation.get", seen: detail }),
    ];
  } finally {
    await handle.close();
  }
}

async function countExport({ server, generationId }: { server: TestServer; generationId: GenerationId }) {
  const { chunks } = await exportArchive({ container: server.container, ownerId: testOwnerId, generationId });
  let sizeBytes = 0;
  for await (const chunk of chunks) sizeBytes += chunk.length;
  return sizeBytes;
}

type Observed = { ms: number; addedMiB: number; longestBlockMs: number };

async function observe<Result>(work: () => Promise<Result>): Promise<Observed & { result: Result }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  delay.enable();
  const { ms, result } = await measure(work);
  clearInterval(sampling);
  delay.disable();
  return {
    ms,
    result,
    addedMiB: Math.round((peak - before) / 1_048_576),
    longestBlockMs: Math.max(0, delay.max / 1e6 - 5),
  };
}
