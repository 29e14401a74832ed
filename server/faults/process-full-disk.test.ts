import { randomBytes } from "node:crypto";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { RunId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { countHalfWritten } from "./check-invariants.ts";
import { startFaultRun } from "./fault-run.ts";
import { FaultHost, waitUntil } from "./process/fault-host.ts";
import { SmallDisk } from "./process/small-disk.ts";

/** A cluster, its programs and some hundred versions. */
const databaseDiskMiB = 512;
const dataDiskMiB = 64;
const importedFiles = 60;
const fileBytes = 50_000;
const timeoutMs = 60_000;

/** What a client is told while nothing can be stored: a message that says so, and what was kept. */
const sentence = /(disk of .* is full|database does not answer).*(what was stored is kept|What was stored is kept)/;

const isPossible = SmallDisk.isPossible();

let disk: SmallDisk | null = null;
let host: FaultHost | null = null;
let client: GitClient | null = null;
afterEach(async () => {
  await disk?.free();
  await host?.stop();
  await client?.remove();
  await disk?.remove();
  [disk, host, client] = [null, null, null];
});

const randomText = () => randomBytes(fileBytes / 2).toString("hex");

function makeArchive(): Promise<Uint8Array> {
  return buildArchive(
    Object.fromEntries(Array.from({ length: importedFiles }, (_, index) => [`file-${index}.txt`, randomText()])),
  );
}

async function importArchive({ baseUrl, archive }: { baseUrl: string; archive: Uint8Array }) {
  const response = await fetch(`${baseUrl}/api/projects/import?name=Large`, {
    method: "POST",
    body: new Uint8Array(archive),
  });
  const body = (await response.json()) as { projectId?: string; error?: { code: string; message: string } };
  return { status: response.status, ...body };
}

/** A clone with one commit that is not pushed yet. */
async function prepareCommit({ baseUrl, projectId }: { baseUrl: string; projectId: string }): Promise<GitClient> {
  const made = await createGitClient();
  await made.git(["clone", "--quiet", `${baseUrl}/git/${projectId}.git`, "clone"]);
  await mkdir(join(made.directory, "clone/data"));
  for (let index = 0; index < importedFiles; index += 1)
    await writeFile(join(made.directory, `clone/data/${index}.txt`), randomText());
  await made.git(["add", "--all"], { in: "clone" });
  await made.git(["commit", "--quiet", "--message", "Data"], { in: "clone" });
  return made;
}

async function countStored({ container }: FaultHost): Promise<number[]> {
  const { prisma } = container.database;
  return [await prisma.project.count(), await prisma.generation.count(), await prisma.blob.count()];
}

test.skipIf(!isPossible)(
  "full disk of the database: an import, a push and a run fail or wait with a message, nothing is half stored, and all succeed once there is space (needs root, for a small disk)",
  async () => {
    const faults = startFaultRun({ suite: "full disk of the database", eachChange: 1, nightly: 3 });
    disk = SmallDisk.create({ sizeMiB: databaseDiskMiB });
    host = await FaultHost.start({ databaseDir: join(disk.directory, "data") });
    const { baseUrl } = await host.startWeb();
    await host.startWorker({ isOnlyWorker: true });
    const archive = await makeArchive();
    const codes: string[] = [];
    for (let round = 0; round < faults.size; round += 1) {
      client = await prepareCommit({ baseUrl, projectId: host.projectId });
      // Running when the disk fills up: its first call is answered when there is no space for the next step.
      const replies = Promise.withResolvers<void>();
      host.model.beforeReply = () => replies.promise;
      const callsBefore = host.model.calls.length;
      const runIds: RunId[] = [];
      for (let index = 0; index < 4; index += 1)
        runIds.push(await host.submitOverHttp({ baseUrl, token: `full-${round}-${index}` }));
      const { model } = host;
      await waitUntil({
        what: "the runs are at work",
        timeoutMs,
        isTrue: async () => model.calls.length >= callsBefore + runIds.length,
      });
      await disk.fill();
      const before = await countStored(host);
      const imported = await importArchive({ baseUrl, archive });
      expect(imported.error?.message ?? "").toMatch(sentence);
      codes.push(imported.error?.code ?? String(imported.status));
      const said = await client.fail(["push", "--quiet"], { in: "clone" });
      expect(said.replaceAll(/\s*\nremote: /g, " ")).toMatch(sentence);
      replies.resolve();
      expect(await countStored(host)).toEqual(before);
      expect(await countHalfWritten(host.container)).toBe(0);

      await disk.free();
      for (const runId of runIds) expect(await host.waitForEnd(runId)).toBe("SUCCEEDED");
      expect(await importArchive({ baseUrl, archive })).toMatchObject({ status: 200 });
      await client.git(["pull", "--quiet", "--no-edit", "--no-rebase"], { in: "clone" });
      await client.git(["push", "--quiet"], { in: "clone" });
      await client.remove();
      client = null;
    }
    const report = await host.check();
    faults.report({ rounds: faults.size, "told as": [...new Set(codes)].join(" "), faults: report.faults.length });
    expect(report.faults).toEqual([]);
  },
);

test.skipIf(!isPossible)(
  "full disk of the data directory: an import, a push and a clone fail with a message, no file remains, and all succeed once there is space (needs root, for a small disk)",
  async () => {
    const faults = startFaultRun({ suite: "full disk of the data directory", eachChange: 1, nightly: 3 });
    disk = SmallDisk.create({ sizeMiB: dataDiskMiB });
    host = await FaultHost.start({ dataDir: join(disk.directory, "data") });
    const { baseUrl } = await host.startWeb();
    const archive = await makeArchive();
    client = await prepareCommit({ baseUrl, projectId: host.projectId });
    const { dataDir, container } = host;
    const other = await importArchive({ baseUrl, archive });
    await disk.fill();
    const before = await countStored(host);
    const imported = await importArchive({ baseUrl, archive });
    expect(imported.error).toMatchObject({ code: "STORAGE_FULL", message: expect.stringMatching(sentence) });
    const said = await client.fail(["push", "--quiet"], { in: "clone" });
    expect(said.replaceAll(/\s*\nremote: /g, " ")).toMatch(sentence);
    // A project whose repository is not built yet.
    const refused = await client.fail(["clone", "--quiet", `${baseUrl}/git/${other.projectId}.git`, "other"]);
    const told = await fetch(`${baseUrl}/git/${other.projectId}.git/info/refs?service=git-upload-pack`);
    expect(await told.text()).toMatch(sentence);
    expect(await countStored(host)).toEqual(before);
    for (const folder of ["uploads", "git/incoming"])
      expect(await readdir(join(dataDir, folder)).catch(() => [])).toEqual([]);

    await disk.free();
    expect(await importArchive({ baseUrl, archive })).toMatchObject({ status: 200 });
    await client.git(["push", "--quiet"], { in: "clone" });
    await client.git(["clone", "--quiet", `${baseUrl}/git/${other.projectId}.git`, "other"]);
    expect(await client.git(["fsck", "--full", "--strict"], { in: "other" })).toBe("");
    const report = await host.check();
    faults.report({ "a client is told": refused.trim().split("\n").at(-1) ?? "", faults: report.faults.length });
    expect(report.faults).toEqual([]);
    expect(await countHalfWritten(container)).toBe(0);
  },
);
