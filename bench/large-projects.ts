import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { FaultHost } from "#server/faults/process/fault-host.ts";
import type { RestartedProcess } from "#server/faults/process/restarted-process.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { measure, median, percentile } from "./measure.ts";
import { buildProjectFixture } from "./project-fixture.ts";

const fileCounts = [5_000, 20_000];
const iterationCount = 5;
/** Each run adds a file, also the first one. A project of 20,000 files, which is the limit, would take none. */
const addedCount = 1 + iterationCount;
const readCount = 5;
const probeEveryMs = 25;
const endTimeoutMs = 300_000;

/**
 * Large projects in the running product: a web process, a worker and a database. Measures times, how fast
 * `/api/health` answers under that load, and the peak memory of both processes.
 */
export async function benchLargeProjects(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const fileCount of fileCounts) {
    const host = await FaultHost.start();
    try {
      rows.push(...(await benchOne({ host, fileCount })));
    } finally {
      await host.stop();
    }
  }
  return rows;
}

async function benchOne({ host, fileCount }: { host: FaultHost; fileCount: number }): Promise<BenchRow[]> {
  const { process: web, baseUrl } = await host.startWeb();
  const worker = await host.startWorker({ isOnlyWorker: true });
  const processes = { web, worker };
  const read = (procedure: string, input: object) => readProcedure({ baseUrl, procedure, input });
  const rows: BenchRow[] = [];
  const add = (name: string, seen: Observed) =>
    rows.push({
      name: `${name}, ${fileCount} files`,
      graft: seen.text,
      yardstick: "250 ms; 512 MB",
      note: "time; health meanwhile (half, 99 %); peaks of web and worker so far",
    });

  const archive = await buildArchive({
    ...Object.fromEntries(buildProjectFixture(fileCount - 1 - addedCount).texts),
    "src/part-00.ts": "export const part0 = 0;\n",
  });
  const imported = await observe({ baseUrl, processes, work: () => importProject({ baseUrl, archive }) });
  add("import into a running product", imported);
  const { projectId, generationId } = imported.result;

  let parentGenerationId = generationId;
  const iterate = (token: string) =>
    observe({
      baseUrl,
      processes,
      work: async () => {
        const runId = await host.submit(token, { parentGenerationId });
        const status = await host.waitForEnd(runId, { timeoutMs: endTimeoutMs });
        const { failure, generationId: made } = await host.getRun(runId);
        if (status !== "SUCCEEDED" || made === null)
          throw new Error(`The bench's run ${token} ended as ${status}: ${JSON.stringify(failure)}`);
        parentGenerationId = made;
      },
    });
  add("first iteration, nothing extracted", await iterate(`large-${fileCount}-cold`));
  const warm: Observed[] = [];
  for (let round = 0; round < iterationCount; round += 1) warm.push(await iterate(`large-${fileCount}-${round}`));
  add("iteration", summarize(warm));

  const reads: [string, () => Promise<unknown>][] = [
    ["history", () => read("generation.list", { projectId, limit: 50 })],
    ["thread", () => read("project.thread", { projectId, limit: 50 })],
    [
      "review: list of files",
      () => read("generation.diff", { generationId: parentGenerationId, againstGenerationId: generationId }),
    ],
    ["files of a version", () => read("generation.files", { generationId: parentGenerationId })],
    ["schema", () => read("generation.codeSchema", { generationId: parentGenerationId })],
  ];
  for (const [name, work] of reads) {
    const seen: Observed[] = [];
    for (let round = 0; round < readCount; round += 1) seen.push(await observe({ baseUrl, processes, work }));
    add(name, summarize(seen));
  }
  return rows;
}

async function importProject({ baseUrl, archive }: { baseUrl: string; archive: Uint8Array }) {
  const response = await fetch(`${baseUrl}/api/projects/import?name=Large`, {
    method: "POST",
    headers: { "content-type": "application/zip" },
    body: Buffer.from(archive),
  });
  if (!response.ok) throw new Error(`The bench's import failed: ${await response.text()}`);
  return (await response.json()) as { projectId: ProjectId; generationId: GenerationId };
}

async function readProcedure({ baseUrl, procedure, input }: { baseUrl: string; procedure: string; input: object }) {
  const query = encodeURIComponent(JSON.stringify(input));
  const response = await fetch(`${baseUrl}/api/trpc/${procedure}?input=${query}`);
  if (!response.ok) throw new Error(`${procedure} failed: ${await response.text()}`);
  return response.arrayBuffer();
}

type Observed = { ms: number; healthMs: number[]; text: string };
type Processes = Record<"web" | "worker", RestartedProcess>;

async function observe<Result>({
  baseUrl,
  processes,
  work,
}: {
  baseUrl: string;
  processes: Processes;
  work: () => Promise<Result>;
}): Promise<Observed & { result: Result }> {
  const healthMs: number[] = [];
  let isDone = false;
  const probing = (async () => {
    while (!isDone) {
      const { ms } = await measure(() => fetch(`${baseUrl}/api/health`).then((response) => response.arrayBuffer()));
      healthMs.push(ms);
      await delay(probeEveryMs);
    }
  })();
  const { ms, result } = await measure(work).finally(() => (isDone = true));
  await probing;
  return { ms, healthMs, result, text: await describe({ ms, healthMs, processes }) };
}

/** The median of several runs, with all their health responses; the peaks are those of the last run. */
function summarize(seen: readonly Observed[]): Observed {
  const ms = median(seen.map((each) => each.ms));
  const healthMs = seen.flatMap((each) => each.healthMs);
  const peaks = seen.at(-1)?.text.split("; ").at(-1) ?? "";
  return { ms, healthMs, text: [formatMs(ms), describeHealth(healthMs), peaks].join("; ") };
}

async function describe({
  ms,
  healthMs,
  processes,
}: Omit<Observed, "text"> & { processes: Processes }): Promise<string> {
  const peaks = await Promise.all([readPeakMb(processes.web), readPeakMb(processes.worker)]);
  return [formatMs(ms), describeHealth(healthMs), `${peaks.join(", ")} MB`].join("; ");
}

function describeHealth(healthMs: number[]): string {
  return `${formatMs(median(healthMs))}, ${formatMs(percentile({ values: healthMs, share: 0.99 }))}`;
}

/** From Linux; unknown on other systems. */
async function readPeakMb({ pid }: RestartedProcess): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
  return kilobytes === undefined ? "?" : (Number(kilobytes) / 1_024).toFixed(0);
}
