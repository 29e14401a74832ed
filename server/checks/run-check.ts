import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { addReports } from "#server/core/checks/add-reports.ts";
import { locateCases } from "#server/core/checks/cases/locate-cases.ts";
import { readCases, type ReadCases } from "#server/core/checks/cases/read-cases.ts";
import type { Install } from "#server/core/checks/plan-installs.ts";
import { listManifests } from "#server/core/checks/read-manifests.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { ReadPath, WritePath } from "#server/sandbox/build-arguments.ts";
import { readReports } from "#server/sandbox/read-reports.ts";
import type { SandboxLimit } from "#server/sandbox/sandbox-end.ts";
import { checkLimits, type SandboxLimits } from "#server/sandbox/sandbox-limits.ts";
import type { SandboxMachine } from "#server/sandbox/sandbox-machine.ts";
import type { Sandbox } from "#server/sandbox/sandbox.ts";
import { removeWorkFolder, type WorkFolder } from "#server/sandbox/work-folder.ts";
import { commandEnvironment } from "./command-environment.ts";
import type { ContentCache } from "./content-cache.ts";
import { findMissing } from "./find-missing.ts";
import type { PackageInstaller } from "./install-packages.ts";
import { LogKeeper } from "./log-keeper.ts";
import { makeMountPoints } from "./make-mount-points.ts";
import { providePackages } from "./provide-packages.ts";

export type CheckOutcome =
  | ({
      status: "finished";
      hasPassed: boolean;
      exitCode: number | null;
      reason: string | null;
      durationMs: number;
      log: string;
    } & ReadCases)
  | { status: "could-not-run"; reason: string; log: string }
  | { status: "cancelled" };

type CheckStage = "preparing files" | "installing packages" | "running";

export type CheckRequest = {
  command: string;
  tree: FileTree;
  loadContents: (hashes: readonly ContentHash[]) => Promise<FileContents>;
  toolchain: string;
  signal: AbortSignal;
  limits?: SandboxLimits;
  onStage: (stage: CheckStage) => void;
  onOutput: (chunk: Buffer) => void;
};

const reportBytes = 20 * 1_048_576;

/** Runs one command on one tree: files, packages, the command itself without a network, and the results of its tool. */
export async function runCheck({
  dependencies: { sandbox, cache, packages },
  request,
}: {
  dependencies: { sandbox: Sandbox; cache: ContentCache; packages: PackageInstaller };
  request: CheckRequest;
}): Promise<CheckOutcome> {
  const state = await sandbox.getState();
  if (state.status === "unavailable") return { status: "could-not-run", reason: state.reason, log: "" };
  const { signal, onStage } = request;
  const machine = await sandbox.getMachine();
  const texts = await readManifestTexts(request);
  onStage("installing packages");
  const installed = await providePackages({
    packages,
    tree: request.tree,
    texts,
    isNeeded: (install) => needsPackages({ command: request.command, install }),
    readText: (path) => readText({ request, path }),
    toolchain: request.toolchain,
    signal,
    onOutput: request.onOutput,
  });
  if (installed.status === "cancelled") return installed;
  if (installed.status === "failed") return { status: "could-not-run", reason: installed.reason, log: installed.log };
  const { readPaths } = installed;
  onStage("preparing files");
  const folder = await sandbox.makeFolder();
  try {
    await cache.writeTree({ ...request, folder: folder.files, user: machine.user });
    const writePaths = await makeMountPoints({ folder, readPaths, machine });
    onStage("running");
    return await runCommand({ sandbox, machine, request, folder, readPaths, writePaths, texts });
  } finally {
    await removeWorkFolder(folder);
  }
}

/** Compiling Python's sources imports nothing, so it works without the registry. */
function needsPackages({ command, install }: { command: string; install: Install }): boolean {
  return install.tool !== "pip" || !/^(cd \S+ && )?python3 -m compileall\b[^&|;]*$/.test(command);
}

async function runCommand({
  sandbox,
  machine,
  request,
  folder,
  readPaths,
  writePaths,
  texts,
}: {
  sandbox: Sandbox;
  machine: SandboxMachine;
  request: CheckRequest;
  folder: WorkFolder;
  readPaths: readonly ReadPath[];
  writePaths: readonly WritePath[];
  texts: ReadonlyMap<FilePath, string>;
}): Promise<CheckOutcome> {
  const { command, env } = addReports({
    command: request.command,
    readText: (path) => texts.get(path as FilePath),
  });
  const keeper = new LogKeeper({ maxBytes: limits.checkLogBytes });
  const startedAt = performance.now();
  const end = await sandbox.run({
    command,
    folder,
    env: { ...commandEnvironment({ machine, packages: readPaths }), ...env },
    readPaths,
    writePaths,
    limits: request.limits ?? checkLimits,
    signal: request.signal,
    onOutput(chunk) {
      keeper.add(chunk);
      request.onOutput(chunk);
    },
  });
  const durationMs = Math.round(performance.now() - startedAt);
  const log = keeper.read();
  const missing = findMissing({ end, log });
  if (missing !== null) return { status: "could-not-run", reason: missing, log };
  if (end.status === "cancelled") return end;
  const { cases, counts } = readCases({ log, reports: await readReports({ folder, maxBytes: reportBytes }) });
  const hasFile = (path: string) => request.tree.has(path as FilePath);
  const read = { cases: locateCases({ cases, command: request.command, hasFile }), counts };
  const exitCode = end.status === "exited" ? end.exitCode : null;
  return {
    status: "finished",
    hasPassed: exitCode === 0,
    exitCode,
    reason: end.status === "limited" ? limitReasons[end.limit] : null,
    durationMs,
    log,
    ...(exitCode === 0 ? withoutFailures(read) : read),
  };
}

const limitReasons: Readonly<Record<SandboxLimit, string>> = {
  time: `It ran for ${checkLimits.timeoutMs / 60_000} minutes and was ended.`,
  memory: `It took more than ${checkLimits.memoryBytes / 1_073_741_824} GiB of memory and was ended.`,
  disk: `It wrote more than ${checkLimits.diskBytes / 1_073_741_824} GiB or ${checkLimits.diskFiles} files and was ended.`,
  output: `It printed more than ${checkLimits.outputBytes / 1_048_576} MiB and was ended.`,
};

/** A command that passes has no failed case, whatever its output looks like. */
function withoutFailures({ cases, counts }: ReadCases): ReadCases {
  return {
    cases: cases.filter(({ status }) => status !== "failed"),
    counts: counts === null ? null : { ...counts, failed: 0 },
  };
}

async function readManifestTexts(request: CheckRequest): Promise<Map<FilePath, string>> {
  const texts = new Map<FilePath, string>();
  for (const path of listManifests(request.tree.keys())) texts.set(path, await readText({ request, path }));
  return texts;
}

async function readText({ request, path }: { request: CheckRequest; path: FilePath }): Promise<string> {
  const entry = request.tree.get(path);
  if (entry === undefined || entry.mode === "120000" || entry.sizeBytes > limits.textFileBytes) return "";
  const content = (await request.loadContents([entry.contentHash])).get(entry.contentHash);
  return content === undefined ? "" : (readEncodedText(content)?.text ?? "");
}
