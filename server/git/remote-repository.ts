import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ObjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import type { RepositoryAddress } from "#server/core/git/parse-repository-address.ts";
import { startFetchProxy, type FetchRules } from "./fetch-proxy.ts";
import { GitFailure, type GitEngine } from "./git-engine.ts";
import { gitMemory } from "./incoming-repository.ts";
import { readObjectFault, strictFetch } from "./object-faults.ts";
import { readRemoteRefs, type RemoteRefs } from "./read-remote-refs.ts";

export type RemoteRepository = {
  /** @throws AppError REPOSITORY_UNAVAILABLE */
  listRefs(): Promise<RemoteRefs>;
  /**
   * Fetches branches under their own names, with their whole history or only the newest commit. The result is in the
   * repository.
   *
   * @throws AppError REPOSITORY_UNAVAILABLE, REPOSITORY_REFUSED for an object that git rejects, INPUT_TOO_LARGE
   */
  fetch(request: {
    branches: readonly string[];
    isLatestAlone: boolean;
    onProgress: (share: number | null) => void;
  }): Promise<void>;
};

/** Ten times the duration for the largest public history within the limits on a slow line. */
const timeoutMs = 10 * 60_000;

/** Room for 50,000 refs. A repository with more mirrors other repositories. */
const maxRefListBytes = 4 * 1_048_576;

/** No credentials, no programs, no other protocol, no maintenance, and no other remote. */
const settings: readonly string[] = [
  "credential.helper=",
  "core.askPass=",
  ...strictFetch,
  "fetch.unpackLimit=1",
  "fetch.writeCommitGraph=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "transfer.bundleURI=false",
  "protocol.version=2",
  "http.followRedirects=initial",
  "http.lowSpeedLimit=1000",
  "http.lowSpeedTime=60",
  "pack.threads=2",
  "core.bigFileThreshold=32m",
  "core.deltaBaseCacheLimit=32m",
];

/**
 * Passes a remote repository to `use`, from which git fetches into `repository`. A URL is accessed through a proxy for
 * its single host; a folder is read by git's own upload-pack.
 */
export async function withRemoteRepository<Result>({
  git,
  repository,
  address,
  rules,
  signal,
  use,
}: {
  git: GitEngine;
  repository: string;
  address: RepositoryAddress;
  rules: FetchRules;
  signal: AbortSignal;
  use: (remote: RemoteRepository) => Promise<Result>;
}): Promise<Result> {
  const source = address.type === "url" ? address.url.href : await findFolder(address.path);
  const proxy =
    address.type === "url" ? await startFetchProxy({ target: address.url, rules, maxBytes: limits.pushBytes }) : null;
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  // git's helper process outlives git until its connection closes, and keeps git's output open until then.
  ending.addEventListener("abort", () => void proxy?.close(), { once: true });
  const configured = [...settings, ...(proxy === null ? [] : [`http.proxy=${proxy.url}`])];
  const run = async ({ args, onLine }: { args: readonly string[]; onLine?: (line: string) => void }) => {
    try {
      return await git.run({
        repository,
        args: [...configured.flatMap((each) => ["-c", each]), ...args],
        env: {
          ...gitMemory,
          GIT_ALLOW_PROTOCOL: address.type === "url" ? "https:http" : "file",
          GIT_NO_LAZY_FETCH: "1",
        },
        signal: ending,
        maxOutputBytes: maxRefListBytes,
        ...(onLine === undefined ? {} : { onErrorLine: onLine }),
      });
    } catch (error) {
      signal.throwIfAborted();
      const refusal = proxy?.refusal() ?? null;
      if (refusal !== null) throw refusal;
      if (ending.aborted) throw unavailable(`It took longer than ${timeoutMs / 60_000} minutes.`);
      const fault = error instanceof GitFailure ? readObjectFault(error.stderr) : null;
      if (fault !== null) throw notHeld(fault);
      if (error instanceof GitFailure) throw unavailable(explain({ stderr: error.stderr, source }));
      throw error;
    }
  };
  try {
    return await use({
      listRefs: async () =>
        readRemoteRefs((await run({ args: ["ls-remote", "--symref", "--", source] })).toString("utf8")),
      fetch: async ({ branches, isLatestAlone, onProgress }) => {
        const options = ["--progress", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
        const refs = branches.map((name) => `+refs/heads/${name}:refs/heads/${name}`);
        await run({
          args: ["fetch", ...options, ...(isLatestAlone ? ["--depth=1"] : []), "--", source, ...refs],
          onLine: (line) => {
            const [, percent] = /^Receiving objects: +(\d+)%/.exec(line) ?? [];
            onProgress(percent === undefined ? null : Number(percent) / 100);
          },
        });
      },
    });
  } finally {
    await proxy?.close();
  }
}

/** The branches of a repository by name. */
export async function readBranches({
  git,
  repository,
}: {
  git: GitEngine;
  repository: string;
}): Promise<Map<string, ObjectId>> {
  const listed = await git.run({
    repository,
    args: ["for-each-ref", "--format=%(objectname)%09%(refname)", "refs/heads"],
  });
  return readRemoteRefs(listed.toString("utf8")).branches;
}

async function findFolder(path: string): Promise<string> {
  const folder = path.startsWith("~") ? join(homedir(), path.slice(1)) : path;
  const found = await stat(folder).catch(() => null);
  if (found === null) throw unavailable(`There is no folder ${path} on the machine that Graft runs on.`);
  if (!found.isDirectory())
    throw unavailable(`${path} is no folder. A zip or a bundle is dropped on the page instead.`);
  return folder;
}

/** Interprets git's last error line. */
function explain({ stderr, source }: { stderr: string; source: string }): string {
  if (/Authentication failed|could not read (Username|Password)|returned error: (401|403)/.test(stderr))
    return "There is no repository at this address that can be read without a login. Check the address. If it is private, clone it yourself and open the folder.";
  if (/returned error: 404|not found|does not appear to be a git repository|not a git repository/i.test(stderr))
    return source.startsWith("http")
      ? "There is no repository at this address. Check it."
      : "This folder is no git repository. Run git init and commit in it first, or drop a zip of it.";
  if (/dubious ownership/.test(stderr))
    return "The folder belongs to another user of the machine. Clone it as the user that runs Graft, and open the clone.";
  if (/Could not resolve|ENOTFOUND|CONNECT tunnel failed|Failed to connect|Couldn't connect/.test(stderr))
    return "The host does not answer. Check the address and the connection of the machine that Graft runs on.";
  if (/remote-https/.test(stderr)) return "The git of this machine cannot fetch over https. Install its https part.";
  const line = stderr
    .split(/[\n\r]/)
    .map((each) => /^(?:fatal|error): (.*)$/.exec(each)?.[1]?.trim())
    .findLast((each) => each !== undefined);
  return `git could not read it: ${line ?? "it ended early"}.`;
}

function notHeld(fault: string): AppError {
  return new AppError({
    code: "REPOSITORY_REFUSED",
    message: `git did not accept what is in the history: ${fault}. Nothing was stored. Open the latest files without the history.`,
  });
}

function unavailable(reason: string): AppError {
  return new AppError({ code: "REPOSITORY_UNAVAILABLE", message: `${reason} Nothing was stored.` });
}
