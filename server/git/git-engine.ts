import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "#lib/errors.ts";
import { toDiskFull } from "./disk-full.ts";

export type GitCommand = {
  args: readonly string[];
  /** The repository of the command. */
  repository?: string;
  /** In addition to the fixed environment: `GIT_PROTOCOL` of a client. */
  env?: Readonly<Record<string, string>>;
  /** Kills the command. */
  signal?: AbortSignal;
};

/** The host's git. Only `server/git` starts it. */
export type GitEngine = {
  /** The folder for repositories in the data directory. */
  directory: string;
  /** @throws AppError GIT_UNAVAILABLE */
  assertAvailable(): Promise<void>;
  /** Starts a command whose streams the caller reads and writes. Its standard error is drained. */
  start(command: GitCommand): ChildProcessWithoutNullStreams;
  /**
   * Runs a command to its end. Returns its standard output.
   *
   * @throws GitFailure if it exits with a code other than 0, or prints more than `maxOutputBytes`; ENOSPC if the disk
   *   is full; the signal's reason when aborted
   */
  run(
    command: GitCommand & {
      input?: string | Uint8Array;
      maxOutputBytes?: number;
      /** Receives each line of its standard error, including progress. */
      onErrorLine?: (line: string) => void;
    },
  ): Promise<Buffer>;
};

/** A failed git command. The cause is Graft or the disk; the user cannot fix it. */
export class GitFailure extends Error {
  readonly code: number | null;
  readonly stderr: string;

  constructor({ args, code, stderr }: { args: readonly string[]; code: number | null; stderr: string }) {
    super(`git ${args.join(" ")} ended with ${code ?? "a signal"}: ${stderr.trim().slice(0, 2_000)}`);
    this.name = "GitFailure";
    this.code = code;
    this.stderr = stderr;
  }
}

/** The first version with protocol 2 as default and reliable partial clones. */
const oldestVersion = [2, 26] as const;

/**
 * Finds git in `searchPath` and runs it isolated from the user's: its own home, no configuration of the host or the
 * user, no prompts, no hooks except Graft's, messages in English.
 */
export function createGitEngine({ directory, searchPath }: { directory: string; searchPath: string }): GitEngine {
  const home = join(directory, "home");
  const fixedEnv = {
    PATH: searchPath,
    HOME: home,
    XDG_CONFIG_HOME: home,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "true",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
  };
  let isAvailable = false;

  const start: GitEngine["start"] = ({ args, repository, env = {} }) => {
    const settings = ["-c", `core.hooksPath=${join(home, "no-hooks")}`];
    if (repository !== undefined) settings.push("-c", `safe.directory=${repository}`);
    return spawn("git", [...settings, ...args], {
      cwd: repository ?? home,
      // Next's types require NODE_ENV in every environment; git does not use it.
      env: { ...fixedEnv, ...env } as unknown as NodeJS.ProcessEnv,
      stdio: ["pipe", "pipe", "pipe"],
    });
  };

  const run: GitEngine["run"] = async ({ input = "", signal, maxOutputBytes, onErrorLine, ...command }) => {
    signal?.throwIfAborted();
    const child = start(command);
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    // A command that exits before it has read its input reports the reason itself.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    const stop = () => child.kill("SIGKILL");
    signal?.addEventListener("abort", stop, { once: true });
    const [code, stdout, stderr] = await Promise.all([
      ended,
      readAll({ stream: child.stdout, maxBytes: maxOutputBytes ?? Number.POSITIVE_INFINITY, stop }),
      readErrors({ stream: child.stderr, onLine: onErrorLine }),
    ]);
    signal?.removeEventListener("abort", stop);
    signal?.throwIfAborted();
    if (code !== 0) throw toDiskFull(stderr) ?? new GitFailure({ args: command.args, code, stderr });
    return stdout;
  };

  return {
    directory,
    start,
    run,
    async assertAvailable() {
      if (isAvailable) return;
      await mkdir(home, { recursive: true });
      const version = await run({ args: ["--version"] }).catch(() => null);
      if (version === null)
        throw unavailable("There is no git on the machine that Graft runs on, so a project cannot be cloned.");
      const found = version.toString("utf8").trim();
      if (!isNewEnough(found)) throw unavailable(`${found} is too old to clone a project with.`);
      isAvailable = true;
    },
  };
}

async function readAll({
  stream,
  maxBytes,
  stop,
}: {
  stream: Readable;
  maxBytes: number;
  stop: () => void;
}): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) stop();
    else chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Error output can grow with the input: only its end is kept. */
const maxErrorCharacters = 65_536;

async function readErrors({
  stream,
  onLine,
}: {
  stream: Readable;
  onLine: ((line: string) => void) | undefined;
}): Promise<string> {
  let text = "";
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const piece = chunk.toString("utf8");
    if (onLine !== undefined) for (const line of piece.split(/[\r\n]+/)) if (line !== "") onLine(line);
    text = `${text}${piece}`.slice(-maxErrorCharacters);
  }
  return text;
}

function isNewEnough(text: string): boolean {
  const match = /(\d+)\.(\d+)/.exec(text);
  const [major, minor] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  return major > oldestVersion[0] || (major === oldestVersion[0] && minor >= oldestVersion[1]);
}

function unavailable(reason: string): AppError {
  return new AppError({
    code: "GIT_UNAVAILABLE",
    message: `${reason} Everything else works, and nothing was changed. Install git ${oldestVersion.join(".")} or later there, then try again.`,
  });
}
