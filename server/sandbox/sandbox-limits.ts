/** What one command may use. Reaching a limit ends everything that the command started. */
export type SandboxLimits = {
  timeoutMs: number;
  /** Of all its processes together, without what they share. */
  memoryBytes: number;
  processes: number;
  /** Of the work folder with its temporary directory, and of files that are open but deleted. */
  diskBytes: number;
  diskFiles: number;
  fileBytes: number;
  /** Of what it prints. */
  outputBytes: number;
};

const mebibyte = 1_048_576;

/** Room for a type check, a test run or a build of a project of the size that Graft takes, on a laptop. */
export const checkLimits: SandboxLimits = {
  timeoutMs: 10 * 60_000,
  // A production build of a large front end takes 2 to 3 GiB.
  memoryBytes: 4_096 * mebibyte,
  // Threads count. A test runner starts a process for each core, and each has about a dozen threads.
  processes: 512,
  diskBytes: 2_048 * mebibyte,
  diskFiles: 200_000,
  fileBytes: 1_024 * mebibyte,
  // A talkative test run prints some MiB.
  outputBytes: 64 * mebibyte,
};

/** Packages of a large project take 1 to 2 GiB in 100,000 files. */
export const installLimits: SandboxLimits = {
  ...checkLimits,
  diskBytes: 4_096 * mebibyte,
  diskFiles: 400_000,
};
