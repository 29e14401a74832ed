import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { FaultHost } from "#server/faults/process/fault-host.ts";
import type { RestartedProcess } from "#server/faults/process/restarted-process.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { createGitClient } from "#server/testing/git/git-client.ts";
import type { BenchRow } from "./bench-table.ts";

const MiB = 1_048_576;
const sampleEveryMs = 50;
/** The memory goal for each process. */
const aim = "512 MB";

/** The largest allowed project, with files as small as typical code. */
const largeProject = { files: 5_000, bytes: limits.projectBytes - 4 * MiB };
const pushedBytes = 200 * MiB;
const pushedFiles = 2_000;

type Peak = { own: number; withChildren: number };

/**
 * The peak memory of the web process and the worker, as counted by the kernel, under the largest allowed requests: each
 * on a newly started process.
 */
export async function benchMemory(): Promise<BenchRow[]> {
  const host = await FaultHost.start({ slot: 3 });
  try {
    const large = await buildLargeArchive();
    const rows: BenchRow[] = [];
    const onWeb = async <Result>(name: string, act: (baseUrl: string) => Promise<Result>): Promise<Result> => {
      const { process: web, baseUrl } = await host.startWeb();
      const { result, peak } = await measure({ process: web, act: () => act(baseUrl) });
      rows.push(describe({ name: `web: ${name}`, peak }));
      await web.stop();
      return result;
    };
    await onWeb("started, one page", async (baseUrl) => void (await (await fetch(baseUrl)).text()));
    const { projectId, generationId } = await onWeb(`import of ${describeProject()}`, (baseUrl) =>
      post<{ projectId: string; generationId: GenerationId }>(`${baseUrl}/api/projects/import?name=Large`, large),
    );
    await onWeb("its files listed and its zip downloaded", async (baseUrl) => {
      await query({ baseUrl, procedure: "generation.files", input: { generationId } });
      await drain(await fetch(`${baseUrl}/api/generations/${generationId}/archive.zip`));
    });
    await onWeb("a clone of it", async (baseUrl) => {
      const client = await createGitClient();
      await client.git(["clone", "--quiet", `${baseUrl}/git/${projectId}.git`, "clone"]);
      await client.remove();
    });
    await onWeb(`push of ${pushedBytes / MiB} MiB in ${pushedFiles} files`, pushLarge);
    await onWeb("an edit of 17 MiB, its comparison and its lines", editLarge);

    const worker = await host.startWorker({ isOnlyWorker: true });
    const started = await measure({ process: worker, act: () => delay(1_000) });
    rows.push(describe({ name: "worker: started", peak: started.peak }));
    const runId = await host.submit("largest", { parentGenerationId: generationId });
    const ran = await measure({ process: worker, act: () => host.waitForEnd(runId, { timeoutMs: 600_000 }) });
    if (ran.result !== "SUCCEEDED") throw new Error(`The run on the largest project ended ${ran.result}.`);
    rows.push(describe({ name: `worker: a run on ${describeProject()}`, peak: ran.peak }));
    return rows;
  } finally {
    await host.stop();
  }
}

function describeProject(): string {
  return `a project of ${Math.round(largeProject.bytes / MiB)} MiB in ${largeProject.files} files`;
}

function describe({ name, peak }: { name: string; peak: Peak }): BenchRow {
  const toMb = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
  const others = peak.withChildren > peak.own ? `, ${toMb(peak.withChildren)} with its commands` : "";
  return { name: `memory, ${name}`, graft: `${toMb(peak.own)}${others}`, yardstick: aim, note: "the aim" };
}

/** Watches a process from its start until the act is done. The kernel keeps the process's own peak. */
async function measure<Result>({
  process,
  act,
}: {
  process: RestartedProcess;
  act: () => Promise<Result>;
}): Promise<{ result: Result; peak: Peak }> {
  const { pid } = process;
  if (pid === undefined) throw new Error("The process is not running.");
  let withChildren = 0;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      withChildren = Math.max(withChildren, await sumResident(pid));
      await delay(sampleEveryMs);
    }
  })();
  const result = await act();
  isDone = true;
  await watching;
  return { result, peak: { own: await readStatus({ pid, field: "VmHWM" }), withChildren } };
}

async function sumResident(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const pids = children.split(" ").flatMap((text) => (text.trim() === "" ? [] : [Number(text)]));
  const sizes = await Promise.all([readStatus({ pid, field: "VmRSS" }), ...pids.map(sumResident)]);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** 0 for a process that has ended. */
async function readStatus({ pid, field }: { pid: number; field: "VmHWM" | "VmRSS" }): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return 1_024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);
}

/** Text that compresses to half; code compresses to a quarter. */
const randomText = (bytes: number) =>
  randomBytes(Math.ceil(bytes / 2))
    .toString("hex")
    .replace(/(.{60})/g, "$1\n");

function buildLargeArchive(): Promise<Uint8Array> {
  const fileBytes = Math.floor(largeProject.bytes / largeProject.files / 1.02);
  const files: Record<string, string> = { "src/part-00.ts": "export const part0 = 0;\n" };
  for (let at = 1; at < largeProject.files; at += 1) files[`area-${at % 50}/file-${at}.txt`] = randomText(fileBytes);
  return buildArchive(files);
}

async function pushLarge(baseUrl: string): Promise<void> {
  const client = await createGitClient();
  try {
    await client.git(["init", "--quiet", "source"]);
    await mkdir(join(client.directory, "source/data"));
    for (let at = 0; at < pushedFiles; at += 1)
      await writeFile(join(client.directory, `source/data/${at}.bin`), randomBytes(pushedBytes / pushedFiles));
    await client.git(["add", "--all"], { in: "source" });
    await client.git(["commit", "--quiet", "--message", "Data"], { in: "source" });
    await client.git(["push", "--quiet", `${baseUrl}/git/new/pushed.git`, "HEAD:refs/heads/main"], { in: "source" });
  } finally {
    await client.remove();
  }
}

async function editLarge(baseUrl: string): Promise<void> {
  const archive = await buildArchive({ "a.txt": randomText(7 * MiB), "b.txt": randomText(7 * MiB) });
  const { generationId } = await post<{ generationId: GenerationId }>(
    `${baseUrl}/api/projects/import?name=Edited`,
    archive,
  );
  const operations = ["a.txt", "b.txt"].map((path) => ({
    type: "write",
    path,
    content: randomText(8 * MiB - 200_000),
  }));
  const edited = await post<{ result: { data: { generationId: GenerationId } } }>(
    `${baseUrl}/api/trpc/generation.edit`,
    JSON.stringify({ parentGenerationId: generationId, changeSet: { operations } }),
  );
  const input = { generationId: edited.result.data.generationId };
  await query({ baseUrl, procedure: "generation.diff", input });
  await query({ baseUrl, procedure: "generation.fileDiffs", input: { ...input, limit: 10 } });
}

async function post<Output>(address: string, body: Uint8Array | string): Promise<Output> {
  const headers: Record<string, string> = typeof body === "string" ? { "content-type": "application/json" } : {};
  const response = await fetch(address, { method: "POST", headers, body: body as BodyInit });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Output;
}

async function query({ baseUrl, procedure, input }: { baseUrl: string; procedure: string; input: object }) {
  const response = await fetch(`${baseUrl}/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`);
  if (!response.ok) throw new Error(await response.text());
  await drain(response);
}

async function drain(response: Response): Promise<void> {
  for await (const chunk of response.body ?? []) void chunk;
}
