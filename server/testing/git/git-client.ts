import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

export type GitClient = {
  /** Its own folder, for clones. */
  directory: string;
  /**
   * Runs the installed git as a user would, in a folder below `directory`. Returns its output without the last line
   * break.
   */
  git(args: readonly string[], options?: { in?: string }): Promise<string>;
  /** As `git`. Returns both of its outputs. */
  gitWithErrors(args: readonly string[], options?: { in?: string }): Promise<{ stdout: string; stderr: string }>;
  /** As `git`, for a command that must fail. Returns its standard error. */
  fail(args: readonly string[], options?: { in?: string }): Promise<string>;
  remove(): Promise<void>;
};

/** The installed git of a user who has a name and no other configuration. */
export async function createGitClient(): Promise<GitClient> {
  const directory = await mkdtemp(join(tmpdir(), "graft-git-"));
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: directory,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
  const gitWithErrors: GitClient["gitWithErrors"] = (args, { in: folder = "." } = {}) =>
    execute("git", [...args], {
      cwd: join(directory, folder),
      env: env as unknown as NodeJS.ProcessEnv,
      maxBuffer: 64 * 1_048_576,
    });
  const git: GitClient["git"] = async (args, options) => (await gitWithErrors(args, options)).stdout.replace(/\n$/, "");
  return {
    directory,
    git,
    gitWithErrors,
    async fail(args, options) {
      try {
        await git(args, options);
      } catch (error) {
        return (error as { stderr?: string }).stderr ?? String(error);
      }
      throw new Error(`git ${args.join(" ")} did not fail.`);
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
