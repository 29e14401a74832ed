import { constants } from "node:fs";
import {
  access,
  chmod,
  copyFile,
  link,
  lstat,
  mkdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { createHash, randomUUID } from "node:crypto";
import { isOpenToOthers } from "#server/database/is-open-to-others.ts";
import type { ReadPath, SystemDirectory } from "./build-arguments.ts";
import { chooseSandboxUser, type SandboxUser } from "./sandbox-user.ts";

/** Where root creates work folders if the sandbox's user cannot enter the data directory. */
const openDirectory = "/var/lib/graft";

/** Facts about the host, looked up once. */
export type SandboxMachine = {
  bubblewrap: string;
  user: SandboxUser | null;
  /** The folder for all sandbox data: the caches, the jobs, Node. */
  directory: string;
  systemDirectories: SystemDirectory[];
  accountFiles: { passwd: string; group: string; hosts: string };
  /** Node and npm, which may be outside the system's program folders. */
  toolPaths: ReadPath[];
  /** The PATH inside the sandbox. */
  searchPath: string;
};

type FoundMachine = { status: "found"; machine: SandboxMachine } | { status: "missing"; reason: string };

/** `prlimit` is part of util-linux, which every Linux has; bubblewrap has to be installed. */
export async function findSandboxMachine({
  dataDir,
  searchPath,
}: {
  dataDir: string;
  searchPath: string;
}): Promise<FoundMachine> {
  if (process.platform !== "linux")
    return missing(`Graft has no sandbox for ${process.platform}: checks run on Linux, where bubblewrap makes one.`);
  const bubblewrap = await findProgram({ name: "bwrap", searchPath });
  if (bubblewrap === null)
    return missing("bubblewrap is not installed. Install it (Debian and Ubuntu: apt-get install bubblewrap).");
  if ((await findProgram({ name: "prlimit", searchPath: "/usr/bin" })) === null)
    return missing("/usr/bin/prlimit is not there. Install util-linux.");
  const user = chooseSandboxUser();
  const directory = await makeDirectory({ dataDir, user });
  const runtime = await makeRuntime({ directory, searchPath });
  return {
    status: "found",
    machine: {
      bubblewrap,
      user,
      directory,
      systemDirectories: await listSystemDirectories(),
      accountFiles: await writeAccountFiles(directory),
      ...runtime,
    },
  };
}

function missing(reason: string): FoundMachine {
  return { status: "missing", reason };
}

async function makeDirectory({ dataDir, user }: { dataDir: string; user: SandboxUser | null }): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const isReachable = user === null || (await isOpenToOthers(dataDir));
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  const directory = isReachable ? join(dataDir, "checks") : join(openDirectory, `checks-${name}`);
  await mkdir(join(directory, "jobs"), { recursive: true });
  const opened = [directory, join(directory, "jobs"), ...(isReachable ? [] : [openDirectory])];
  for (const path of opened) await chmod(path, 0o711);
  return directory;
}

async function listSystemDirectories(): Promise<SystemDirectory[]> {
  const directories: SystemDirectory[] = [];
  for (const path of ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]) {
    const found = await lstat(path).catch(() => null);
    if (found === null) continue;
    directories.push({ path, linkTarget: found.isSymbolicLink() ? await readlink(path) : null });
  }
  return directories;
}

/** Without the host's user names. */
async function writeAccountFiles(directory: string): Promise<SandboxMachine["accountFiles"]> {
  const texts = {
    passwd: "graft:x:1000:1000:Graft:/home/graft:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n",
    group: "graft:x:1000:\nnogroup:x:65534:\n",
    hosts: "127.0.0.1 localhost graft\n::1 localhost\n",
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(directory, name), text, { mode: 0o644 });
  return { passwd: join(directory, "passwd"), group: join(directory, "group"), hosts: join(directory, "hosts") };
}

/** Projects are checked with the Node that Graft runs on; npm comes from the host. */
async function makeRuntime({
  directory,
  searchPath,
}: {
  directory: string;
  searchPath: string;
}): Promise<Pick<SandboxMachine, "toolPaths" | "searchPath">> {
  const tools = join(directory, "tools");
  await mkdir(tools, { recursive: true });
  await chmod(tools, 0o755);
  const node = join(tools, `node-${process.versions.node}-${process.arch}`);
  if (!(await exists(node))) await provideFile({ from: await realpath(process.execPath), to: node });
  const toolPaths: ReadPath[] = [{ from: node, to: "/opt/graft/bin/node" }];
  const npm = await findNpm(searchPath);
  if (npm !== null) {
    for (const name of ["npm", "npx"]) {
      const launcher = join(tools, name);
      const unfinished = `${launcher}.${randomUUID()}`;
      await writeFile(unfinished, `#!/bin/sh\nexec /opt/graft/bin/node /opt/graft/npm/bin/${name}-cli.js "$@"\n`);
      await chmod(unfinished, 0o755);
      await rename(unfinished, launcher);
      toolPaths.push({ from: launcher, to: `/opt/graft/bin/${name}` });
    }
    toolPaths.push({ from: npm, to: "/opt/graft/npm" });
  }
  return { toolPaths, searchPath: "/opt/graft/bin:/usr/local/bin:/usr/bin:/bin" };
}

/** Hard-linked if possible: Node has 120 MB. */
async function provideFile({ from, to }: { from: string; to: string }): Promise<void> {
  const unfinished = `${to}.${randomUUID()}`;
  await link(from, unfinished).catch(() => copyFile(from, unfinished, constants.COPYFILE_FICLONE));
  if (((await stat(unfinished)).mode & 0o005) !== 0o005) {
    await rm(unfinished);
    await copyFile(from, unfinished);
    await chmod(unfinished, 0o755);
  }
  await rename(unfinished, to);
}

/** npm's package directory: two directories above its real command. */
async function findNpm(searchPath: string): Promise<string | null> {
  const command = await findProgram({ name: "npm", searchPath });
  if (command === null) return null;
  const directory = dirname(dirname(await realpath(command)));
  const isPackage = await exists(join(directory, "bin", "npm-cli.js"));
  return isPackage && (chooseSandboxUser() === null || (await isOpenToOthers(directory))) ? directory : null;
}

export async function findProgram({ name, searchPath }: { name: string; searchPath: string }): Promise<string | null> {
  for (const directory of searchPath.split(delimiter)) {
    const path = join(directory, name);
    if (
      directory !== "" &&
      (await access(path, constants.X_OK).then(
        () => true,
        () => false,
      ))
    )
      return path;
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
