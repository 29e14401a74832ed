import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { toFigures } from "./check-invariants.ts";
import { startFaultRun, summarizeTimes } from "./fault-run.ts";
import { FaultHost, waitUntil } from "./process/fault-host.ts";
import type { RestartedProcess } from "./process/restarted-process.ts";

const run = promisify(execFile);

/** `git` is whichever git command of the server processes the push. */
const victims = ["web", "web", "git", "git", "database"] as const;
type Victim = (typeof victims)[number];

const commitsOfPush = 4;
const filesOfCommit = 30;
const fileBytes = 4_096;
/** Each third push creates its own project. */
const newProjectEvery = 3;
const recoveryTimeoutMs = 120_000;
/** A version that is being committed when its server dies overtakes the first retry. */
const maxRepetitions = 3;

let host: FaultHost;
let client: GitClient;
beforeAll(async () => {
  host = await FaultHost.start();
  client = await createGitClient();
});
afterAll(async () => {
  await client.remove();
  await host.stop();
});

type Push = { folder: string; address: string; projectName: string | null };

/** The commits in a folder, each with new and changed files. */
async function commit({ folder, label }: { folder: string; label: string }): Promise<void> {
  const directory = join(client.directory, folder, "data");
  await mkdir(directory, { recursive: true });
  for (let count = 0; count < commitsOfPush; count += 1) {
    for (let file = 0; file < filesOfCommit; file += 1)
      await writeFile(join(directory, `${file}-${count % 2}.txt`), randomBytes(fileBytes).toString("hex"));
    await client.git(["add", "--all"], { in: folder });
    await client.git(["commit", "--quiet", "--message", `${label}, ${count}`], { in: folder });
  }
}

const push = ({ folder, address }: Push) =>
  client.git(["push", "--quiet", address, "HEAD:refs/heads/main"], { in: folder });

/** The versions of a push's target. A project created by a push has none, or all. */
async function countVersions({ projectName }: Push): Promise<number> {
  const { prisma } = host.container.database;
  return prisma.generation.count({
    where: projectName === null ? { projectId: host.projectId } : { project: { name: projectName } },
  });
}

/** Resolves with whether a process could be killed before the push ended. */
async function kill({
  victim,
  web,
  isOver,
}: {
  victim: Victim;
  web: RestartedProcess;
  isOver: () => boolean;
}): Promise<boolean> {
  if (victim === "web") web.signal("SIGKILL");
  if (victim === "database") host.database.kill();
  if (victim !== "git") return !isOver();
  while (!isOver()) {
    const pids = await listServerCommands();
    for (const pid of pids) {
      try {
        process.kill(pid, "SIGKILL");
        return true;
      } catch {
        // It ended without a kill.
      }
    }
  }
  return false;
}

/** Every git command of the server has a folder of its data directory among its arguments. */
async function listServerCommands(): Promise<number[]> {
  const { stdout } = await run("ps", ["-eo", "pid=,args="]);
  return stdout
    .split("\n")
    .filter((line) => /^\s*\d+ git /.test(line) && line.includes(`core.hooksPath=${host.dataDir}/`))
    .map((line) => Number.parseInt(line, 10));
}

test("a push whose server, git or database is killed is stored completely or not at all, and can be repeated", async () => {
  const faults = startFaultRun({ suite: "pushes", eachChange: 20, nightly: 200 });
  const { process: web, baseUrl } = await host.startWeb();
  const isUp = async () => (await host.database.isUp()) && (await fetch(`${baseUrl}/api/health`)).ok;
  await client.git(["clone", "--quiet", `${baseUrl}/git/${host.projectId}.git`, "clone"]);
  const intoProject = { folder: "clone", address: `${baseUrl}/git/${host.projectId}.git`, projectName: null };
  await commit({ folder: "clone", label: "undisturbed" });
  const startedAt = performance.now();
  await push(intoProject);
  const undisturbedMs = performance.now() - startedAt;
  // Follows the machine's load: with the first time alone, later pushes are over before most kills.
  let expectedMs = undisturbedMs;

  const figures = { kills: 0, missed: 0, acknowledged: 0, "stored whole": 0, "stored nothing": 0, repetitions: 0 };
  const killed: Record<Victim, number> = { web: 0, git: 0, database: 0 };
  const repeatedMs: number[] = [];
  for (let index = 0; figures.kills < faults.size && index < faults.size * 3; index += 1) {
    const isNew = index % newProjectEvery === newProjectEvery - 1;
    const projectName = `killed-${index}`;
    if (isNew) await client.git(["init", "--quiet", projectName]);
    const pushed: Push = isNew
      ? { folder: projectName, address: `${baseUrl}/git/new/${projectName}.git`, projectName }
      : intoProject;
    await commit({ folder: pushed.folder, label: projectName });
    const before = await countVersions(pushed);
    const victim = faults.pick(victims);
    const pauseMs = faults.integer({ min: 0, max: Math.round(expectedMs * 1.5) });

    let isOver = false;
    const pushedAt = performance.now();
    const ended = push(pushed).then(
      () => true,
      () => false,
    );
    let endedAt = 0;
    void ended.then(() => {
      isOver = true;
      endedAt = performance.now();
    });
    await delay(pauseMs);
    const isHit = await kill({ victim, web, isOver: () => isOver });
    const isAcknowledged = await ended;
    if (!isHit && isAcknowledged) expectedMs = endedAt - pushedAt;
    await waitUntil({ what: "the server answers again", timeoutMs: recoveryTimeoutMs, isTrue: isUp });
    const stored = (await countVersions(pushed)) - before;
    expect([0, commitsOfPush]).toContain(stored);
    if (isAcknowledged) expect(stored).toBe(commitsOfPush);

    const againAt = performance.now();
    for (let repetition = 1; ; repetition += 1) {
      const isTaken = await push(pushed).then(
        () => true,
        (error: unknown) => {
          if (repetition === maxRepetitions)
            throw new Error(
              `After a kill of ${victim}, ${maxRepetitions} repetitions were refused. The server's log ends with:\n${web.log.slice(-8_000)}`,
              { cause: error },
            );
          return false;
        },
      );
      figures.repetitions += 1;
      if (isTaken) break;
    }
    repeatedMs.push(performance.now() - againAt);
    expect((await countVersions(pushed)) - before).toBe(commitsOfPush);

    figures.kills += isHit ? 1 : 0;
    figures.missed += isHit ? 0 : 1;
    if (isHit) killed[victim] += 1;
    figures.acknowledged += isAcknowledged ? 1 : 0;
    figures[stored === 0 ? "stored nothing" : "stored whole"] += 1;
  }

  await client.git(["clone", "--quiet", intoProject.address, "again"]);
  expect(await client.git(["fsck", "--full", "--strict"], { in: "again" })).toBe("");
  expect(await client.git(["rev-list", "HEAD"], { in: "again" })).toBe(
    await client.git(["rev-list", "HEAD"], { in: "clone" }),
  );
  const { prisma } = host.container.database;
  const made = await prisma.project.groupBy({ by: ["name"], _count: true });
  expect(made.every(({ _count }) => _count === 1)).toBe(true);
  const report = await host.check();
  faults.report({
    ...figures,
    "killed web": killed.web,
    "killed git": killed.git,
    "killed database": killed.database,
    "undisturbed ms": Math.round(undisturbedMs),
    "pushed again in": summarizeTimes(repeatedMs).text,
    faults: toFigures(report)["faults"] ?? 0,
  });
  expect(report.faults).toEqual([]);
  expect(figures.kills).toBe(faults.size);
});
