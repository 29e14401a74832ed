import type { SandboxLimits } from "./sandbox-limits.ts";
import type { WorkFolder } from "./work-folder.ts";

export const insidePaths = { files: "/work", home: "/home/graft", temporary: "/tmp", reports: "/reports" } as const;

/** A place of the machine that the command may read, and where it sees it. */
export type ReadPath = { from: string; to: string };

/** A folder of the work folder that the command may write to, in a place that is otherwise read-only. */
export type WritePath = ReadPath;

/** A top-level directory of the machine's programs; in most systems these are links into /usr. */
export type SystemDirectory = { path: string; linkTarget: string | null };

const graceSeconds = 10;
const sharedMemoryBytes = 256 * 1_048_576;

/** Needed to find shared libraries, check certificates and tell the time. Where one is missing it is left out. */
const systemFiles = [
  "/etc/alternatives",
  "/etc/ca-certificates",
  "/etc/ld.so.cache",
  "/etc/ld.so.conf",
  "/etc/ld.so.conf.d",
  "/etc/localtime",
  "/etc/mime.types",
  "/etc/ssl",
];

/**
 * The arguments of bubblewrap. The view is built from nothing: what is not listed here is not there, so no file of the
 * user, no socket and no device has to be taken away.
 */
export function buildArguments({
  command,
  folder,
  directory,
  env,
  readPaths,
  writePaths,
  systemDirectories,
  accountFiles,
  limits,
}: {
  /** Runs by the shell. */
  command: string;
  folder: WorkFolder;
  /** Below `/work`. */
  directory: string;
  env: Readonly<Record<string, string>>;
  /** In order: a later one may lie in an earlier one. */
  readPaths: readonly ReadPath[];
  writePaths: readonly WritePath[];
  systemDirectories: readonly SystemDirectory[];
  accountFiles: { passwd: string; group: string; hosts: string };
  limits: SandboxLimits;
}): string[] {
  return [
    // Processes inside end with this one, and this one with the process that started it.
    "--unshare-all",
    "--unshare-user",
    "--disable-userns",
    "--die-with-parent",
    "--new-session",
    "--clearenv",
    "--info-fd",
    "3",
    "--cap-drop",
    "ALL",
    "--uid",
    "1000",
    "--gid",
    "1000",
    "--hostname",
    "graft",
    ...systemDirectories.flatMap(({ path, linkTarget }) =>
      linkTarget === null ? ["--ro-bind", path, path] : ["--symlink", linkTarget, path],
    ),
    ...systemFiles.flatMap((path) => ["--ro-bind-try", path, path]),
    ...Object.entries(accountFiles).flatMap(([name, path]) => ["--ro-bind", path, `/etc/${name}`]),
    "--proc",
    "/proc",
    "--dev",
    "/dev",
    "--size",
    String(sharedMemoryBytes),
    "--tmpfs",
    "/dev/shm",
    "--bind",
    folder.files,
    insidePaths.files,
    "--bind",
    folder.home,
    insidePaths.home,
    "--bind",
    folder.temporary,
    insidePaths.temporary,
    "--bind",
    folder.reports,
    insidePaths.reports,
    ...readPaths.flatMap(({ from, to }) => ["--ro-bind", from, to]),
    ...writePaths.flatMap(({ from, to }) => ["--bind", from, to]),
    // Both are in memory, and would take half of the machine's.
    "--remount-ro",
    "/dev",
    "--remount-ro",
    "/",
    ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
    "--chdir",
    directory === "" ? insidePaths.files : `${insidePaths.files}/${directory}`,
    "--",
    // Where the process that looks at the time is killed before bubblewrap is bound to it, the command still ends.
    "/usr/bin/timeout",
    "--signal=KILL",
    `${Math.ceil(limits.timeoutMs / 1_000) + graceSeconds}s`,
    ...limitArguments(limits),
    "/bin/sh",
    "-c",
    command,
  ];
}

/** Inside, so that processes are counted in this sandbox alone. A program may lower these and not raise them. */
function limitArguments({ timeoutMs, memoryBytes, processes, fileBytes }: SandboxLimits): string[] {
  // Of one process; it ends what spins on many cores past the time that it was given.
  const cpuSeconds = Math.ceil(timeoutMs / 1_000) * 16;
  // Of one process, and of what it asks for: Node asks for 575 MB before it does anything. What is used is watched.
  const dataBytes = 2 * memoryBytes + 1_073_741_824;
  return [
    "/usr/bin/prlimit",
    `--nproc=${processes}`,
    `--fsize=${fileBytes}`,
    `--data=${dataBytes}`,
    `--cpu=${cpuSeconds}`,
    "--nofile=16384",
    "--core=0",
    "--",
  ];
}
