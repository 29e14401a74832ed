import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkLimits } from "./sandbox-limits.ts";
import { findSandboxMachine, type SandboxMachine } from "./sandbox-machine.ts";
import type { SandboxEnd } from "./sandbox-end.ts";
import { runInSandbox, type SandboxCommand } from "./run-in-sandbox.ts";
import { makeWorkFolder, removeWorkFolder, writeFileAs, type WorkFolder } from "./work-folder.ts";

/** `reason` says what is missing and what to install. */
type SandboxState = { status: "available" } | { status: "unavailable"; reason: string };

/** The only place where code of projects runs. */
export type Sandbox = {
  /** Tests once whether a command can run in it on this host. */
  getState(): Promise<SandboxState>;
  /** The folder for all its persistent data. @throws Error if there is no sandbox */
  getMachine(): Promise<SandboxMachine>;
  makeFolder(): Promise<WorkFolder>;
  /** Writes files into a folder that no command has used yet, as the sandbox's user. */
  writeFiles(options: { folder: WorkFolder; files: readonly { path: string; text: string }[] }): Promise<void>;
  run(request: SandboxCommand): Promise<SandboxEnd>;
  /** Removes the folders of ended processes. Returns how many there were. */
  sweep(): Promise<number>;
};

type Probed = { state: SandboxState; machine: SandboxMachine | null };

const probeTimeoutMs = 20_000;

export function createSandbox({ dataDir, searchPath }: { dataDir: string; searchPath: string }): Sandbox {
  let probed: Promise<Probed> | null = null;
  const probe = () => (probed ??= probeSandbox({ dataDir, searchPath }));
  const getMachine = async (): Promise<SandboxMachine> => {
    const { state, machine } = await probe();
    if (machine === null) throw new Error(state.status === "unavailable" ? state.reason : "There is no sandbox.");
    return machine;
  };
  return {
    getMachine,
    getState: async () => (await probe()).state,
    async makeFolder() {
      const { directory, user } = await getMachine();
      return makeWorkFolder({ directory: join(directory, "jobs"), user });
    },
    async writeFiles({ folder, files }) {
      const { user } = await getMachine();
      for (const { path, text } of files) await writeFileAs({ root: folder.files, path, text, user });
    },
    async run(request) {
      const { state, machine } = await probe();
      if (machine === null)
        return { status: "refused", reason: state.status === "unavailable" ? state.reason : "There is no sandbox." };
      return runInSandbox({ machine, request });
    },
    async sweep() {
      const jobs = join((await getMachine()).directory, "jobs");
      const left = (await readdir(jobs)).filter((name) => !isOfLivingProcess(name));
      for (const name of left) await removeWorkFolder({ root: join(jobs, name) });
      return left.length;
    },
  };
}

async function probeSandbox(options: { dataDir: string; searchPath: string }): Promise<Probed> {
  const found = await findSandboxMachine(options).catch((error: unknown) => ({
    status: "missing" as const,
    reason: `The sandbox's folders could not be made: ${error instanceof Error ? error.message : String(error)}.`,
  }));
  if (found.status === "missing") return { state: { status: "unavailable", reason: found.reason }, machine: null };
  const { machine } = found;
  const folder = await makeWorkFolder({ directory: join(machine.directory, "jobs"), user: machine.user });
  try {
    let output = "";
    const end = await runInSandbox({
      machine,
      request: {
        command: "node --version",
        folder,
        limits: { ...checkLimits, timeoutMs: probeTimeoutMs },
        signal: new AbortController().signal,
        onOutput: (chunk) => (output += chunk.toString("utf8")),
      },
    });
    if (end.status === "exited" && end.exitCode === 0) return { state: { status: "available" }, machine };
    return { state: { status: "unavailable", reason: explainFailure(output) }, machine: null };
  } finally {
    await removeWorkFolder(folder);
  }
}

/** Explains an error of bubblewrap, with what to do. */
function explainFailure(output: string): string {
  const words = output.trim().split("\n").at(-1) ?? "";
  if (/[Uu]nknown option/.test(words)) return "bubblewrap is too old. Install version 0.8 or later.";
  if (/Operation not permitted|Permission denied|No space left|user namespace/i.test(words))
    return `This machine does not let bubblewrap make a sandbox (${words}). It needs user namespaces: on Ubuntu 24.04 install the AppArmor profile bwrap-userns-restrict (apt-get install apparmor-profiles); in a container allow them, or run Graft on the host.`;
  return `The sandbox does not work on this machine: ${words === "" ? "it ended without a word" : words}.`;
}

function isOfLivingProcess(name: string): boolean {
  const pid = Number(/^(?:job|net)-(\d+)-/.exec(name)?.[1] ?? 0);
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
