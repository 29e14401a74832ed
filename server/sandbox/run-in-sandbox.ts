import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { isRunning } from "./process-tree.ts";
import { buildArguments, insidePaths, type ReadPath, type WritePath } from "./build-arguments.ts";
import { openRegistryDoor, type RegistryDoor } from "./registry-door.ts";
import type { SandboxEnd, SandboxLimit } from "./sandbox-end.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";
import type { SandboxMachine } from "./sandbox-machine.ts";
import { watchUsage } from "./watch-usage.ts";
import type { WorkFolder } from "./work-folder.ts";

export type SandboxCommand = {
  /** Run by the shell, in `/work`. */
  command: string;
  folder: WorkFolder;
  /** Relative to `/work`. */
  directory?: string;
  /** Its whole environment in addition to PATH, HOME and TMPDIR. */
  env?: Readonly<Record<string, string>>;
  readPaths?: readonly ReadPath[];
  writePaths?: readonly WritePath[];
  /** No network, or named package registries. */
  network?: { registries: readonly URL[] } | null;
  limits: SandboxLimits;
  signal: AbortSignal;
  /** Both outputs, in order of arrival. */
  onOutput?: (chunk: Buffer) => void;
};

/**
 * Runs a project's command without trusting it: it sees its work folder, the system's programs and `readPaths`, and has
 * no network. When this returns, none of its processes is left.
 */
export async function runInSandbox({
  machine,
  request,
}: {
  machine: SandboxMachine;
  request: SandboxCommand;
}): Promise<SandboxEnd> {
  const { signal, limits, folder, network = null } = request;
  if (signal.aborted) return { status: "cancelled" };
  const door = network === null ? null : await openRegistryDoor({ machine, registries: network.registries });
  try {
    const child = start({ machine, request, door });
    return await follow({ child, limits, root: folder.root, signal, onOutput: request.onOutput ?? (() => undefined) });
  } finally {
    await door?.close();
  }
}

type SandboxProcess = ChildProcess & { stdout: Readable; stderr: Readable };

function start({
  machine,
  request,
  door,
}: {
  machine: SandboxMachine;
  request: SandboxCommand;
  door: RegistryDoor | null;
}): SandboxProcess {
  const { command, folder, directory = "", env = {}, readPaths = [], writePaths = [], limits } = request;
  const { bubblewrap, user, systemDirectories, accountFiles, toolPaths, searchPath } = machine;
  return spawn(
    bubblewrap,
    buildArguments({
      command: door === null ? command : door.wrap(command),
      folder,
      directory,
      env: {
        PATH: searchPath,
        HOME: insidePaths.home,
        TMPDIR: insidePaths.temporary,
        LANG: "C.UTF-8",
        ...env,
        ...door?.env,
      },
      readPaths: [...toolPaths, ...(door?.readPaths ?? []), ...readPaths],
      writePaths,
      systemDirectories,
      accountFiles,
      limits,
    }),
    {
      cwd: "/",
      // Next's types require NODE_ENV in every environment. Nothing of Graft's environment is passed on.
      env: {} as unknown as NodeJS.ProcessEnv,
      // The last one is for bubblewrap itself.
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    },
  ) as SandboxProcess;
}

async function follow({
  child,
  limits,
  root,
  signal,
  onOutput,
}: {
  child: SandboxProcess;
  limits: SandboxLimits;
  root: string;
  signal: AbortSignal;
  onOutput: (chunk: Buffer) => void;
}): Promise<SandboxEnd> {
  let cause: SandboxLimit | "cancelled" | null = null;
  const first = readFirstProcess(child);
  const end = (reason: SandboxLimit | "cancelled") => {
    cause ??= reason;
    void kill({ child, first });
  };
  let outputBytes = 0;
  const receive = (chunk: Buffer) => {
    outputBytes += chunk.length;
    if (outputBytes > limits.outputBytes) end("output");
    else onOutput(chunk);
  };
  child.stdout.on("data", receive);
  child.stderr.on("data", receive);
  const ended = waitForEnd({ child, first });
  if (child.pid === undefined) return ended;
  yieldMachine(child.pid);
  const cancel = () => end("cancelled");
  signal.addEventListener("abort", cancel, { once: true });
  const timer = setTimeout(() => end("time"), limits.timeoutMs);
  const watching = new AbortController();
  const watched = watchUsage({ pid: child.pid, root, limits, signal: watching.signal }).then(
    (limit) => limit !== null && end(limit),
  );
  if (signal.aborted) cancel();
  const result = await ended;
  clearTimeout(timer);
  watching.abort();
  signal.removeEventListener("abort", cancel);
  await watched;
  if (cause === null) return result;
  return cause === "cancelled" ? { status: "cancelled" } : { status: "limited", limit: cause };
}

/**
 * The pipes close when the last process that holds them has ended. Processes that closed them end with the first
 * process of their namespace: the kernel lets that one end last.
 */
async function waitForEnd({
  child,
  first,
}: {
  child: SandboxProcess;
  first: Promise<number | null>;
}): Promise<SandboxEnd> {
  const end = await new Promise<SandboxEnd>((resolve) => {
    child.once("error", (error) => resolve({ status: "refused", reason: error.message }));
    child.once("close", (code) => resolve(code === null ? { status: "killed" } : { status: "exited", exitCode: code }));
  });
  const pid = await first;
  if (pid !== null) while (await isRunning(pid)) await delay(5);
  return end;
}

/** The host's process id of the first process inside, which bubblewrap reports before it starts the command. */
function readFirstProcess(child: SandboxProcess): Promise<number | null> {
  const stream = child.stdio[3] as Readable | null | undefined;
  return new Promise((resolve) => {
    let info = "";
    stream?.on("data", (chunk: Buffer) => {
      info += chunk.toString("latin1");
      const pid = Number(/"child-pid": (\d+)/.exec(info)?.[1] ?? 0);
      if (pid > 0) resolve(pid);
    });
    stream?.on("error", () => undefined);
    // It ended before there was one.
    child.once("close", () => resolve(null));
    child.once("error", () => resolve(null));
  });
}

/**
 * Kills both, and waits until the inner one is known: while bubblewrap sets it up, killing the outer one would not end
 * it.
 */
async function kill({ child, first }: { child: SandboxProcess; first: Promise<number | null> }): Promise<void> {
  const pid = await first;
  child.kill("SIGKILL");
  if (pid === null) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended together with the outer one.
  }
}

/**
 * Lowers the priority of checks in favour of runs and pages, and makes them the kernel's first choice when memory runs
 * out.
 */
function yieldMachine(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
    writeFileSync(`/proc/${pid}/oom_score_adj`, "800");
  } catch {
    // It has ended already.
  }
}
