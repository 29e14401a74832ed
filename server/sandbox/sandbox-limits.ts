/** Resource limits of one command. Exceeding one ends everything that the command started. */
export type SandboxLimits = {
  timeoutMs: number;
  /** The sum over all its processes, without shared memory. */
  memoryBytes: number;
  processes: number;
  /** The work folder with its temporary directory, and open but deleted files. */
  diskBytes: number;
  diskFiles: number;
  fileBytes: number;
  /** The size of its output. */
  outputBytes: number;
  /** The interval for measuring memory and disk, which is more expensive the more processes the host has. */
  lookEveryMs: number;
};

const mebibyte = 1_048_576;

/** Enough for a type check, a test run or a build of a project within Graft's limits, on a laptop. */
export const checkLimits: SandboxLimits = {
  timeoutMs: 10 * 60_000,
  // A production build of a large front end takes 2 to 3 GiB.
  memoryBytes: 4_096 * mebibyte,
  // Threads count. A test runner starts a process per core, each with about a dozen threads.
  processes: 512,
  diskBytes: 2_048 * mebibyte,
  diskFiles: 200_000,
  fileBytes: 1_024 * mebibyte,
  // A verbose test run prints some MiB.
  outputBytes: 64 * mebibyte,
  lookEveryMs: 200,
};

/** Packages of a large project take 1 to 2 GiB in 100,000 files. */
export const installLimits: SandboxLimits = {
  ...checkLimits,
  diskBytes: 4_096 * mebibyte,
  diskFiles: 400_000,
};

/** Three of these run at once, for as long as users view them. */
export const previewLimits: SandboxLimits = {
  ...checkLimits,
  // A working day. A preview that is viewed longer is restarted.
  timeoutMs: 12 * 3_600_000,
  // A development server of a large front end takes 1 to 2 GiB.
  memoryBytes: 2_560 * mebibyte,
  lookEveryMs: 1_000,
};
