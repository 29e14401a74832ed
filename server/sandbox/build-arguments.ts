import type { SandboxLimits } from "./sandbox-limits.ts";
import type { WorkFolder } from "./work-folder.ts";

export const insidePaths = { files: "/work", home: "/home/graft", temporary: "/tmp", reports: "/reports" } as const;

/** A host path that the command may read, and where it sees it. */
export type ReadPath = { from: string; to: string };

/** A folder in the work folder that the command may write to although its surroundings are read-only. */
export type WritePath = ReadPath;

/** A top-level directory of the system's programs; in most systems these are links into /usr. */
export type SystemDirectory = { path: string; linkTarget: string | null };

const graceSeconds = 10;
const sharedMemoryBytes = 256 * 1_048_576;

/** Needed for shared libraries, certificates and the time zone. Missing ones are skipped. */
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
 * The arguments of bubblewrap. The file system starts empty: what is not listed here does not exist inside, so no user
 * file, socket or device has to be excluded.
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
  /** Run by the shell. */
  command: string;
  folder: WorkFolder;
  /** Relative to `/work`. */
  directory: string;
  env: Readonly<Record<string, string>>;
  /** In order: a later one may be inside an earlier one. */
  readPaths: readonly ReadPath[];
  writePaths: readonly WritePath[];
  systemDirectories: readonly SystemDirectory[];
  accountFiles: { passwd: string; group: string; hosts: string };
  limits: SandboxLimits;
}): string[] {
  return [
    // The processes inside end with bubblewrap, and bubblewrap with the process that started it.
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
    // Both are in memory, and could take half of the host's.
    "--remount-ro",
    "/dev",
    "--remount-ro",
    "/",
    ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
    "--chdir",
    directory === "" ? insidePaths.files : `${insidePaths.files}/${directory}`,
    "--",
    // The command also has its own limits, in case the watching process is killed before bubblewrap is bound to it.
    "/usr/bin/timeout",
    "--signal=KILL",
    `${Math.ceil(limits.timeoutMs / 1_000) + graceSeconds}s`,
    ...limitArguments(limits),
    "/bin/sh",
    "-c",
    command,
  ];
}

/** Set inside, so that processes are counted per sandbox. A program can lower these limits and not raise them. */
function limitArguments({ timeoutMs, memoryBytes, processes, fileBytes }: SandboxLimits): string[] {
  // Per process; ends one that keeps many cores busy beyond the time limit.
  const cpuSeconds = Math.ceil(timeoutMs / 1_000) * 16;
  // Per process, of requested memory: Node requests 575 MB at its start. Actual use is watched separately.
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
