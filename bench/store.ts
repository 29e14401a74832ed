import type { ContentHash, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { emptyFileTree } from "#server/core/file-tree.ts";
import { compareTrees } from "#server/core/ledger/compare-trees.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendGeneration } from "#server/store/versions/generations.ts";
import { createProject } from "#server/store/projects.ts";
import type { TestServer } from "#server/testing/start-test-server.ts";
import { formatBytes, formatMs, type BenchRow } from "./bench-table.ts";
import { GitYardstick } from "./git-yardstick.ts";
import { measure, median } from "./measure.ts";
import { buildProjectFixture, changeFiles, type ProjectFixture } from "./project-fixture.ts";

const fileCount = 1_000;
const changedCount = 5;
const iterationCount = 500;
const listedVersions = 1_000;

/**
 * The store compared with git, on the same trees in the same process run: 500 iterations that change 5 of 1,000 files
 * each.
 */
export async function benchStore({ server }: { server: TestServer }): Promise<BenchRow[]> {
  const { database } = server.container;
  const git = new GitYardstick();
  try {
    let fixture = buildProjectFixture(fileCount);
    const projectId = await createProject({ transaction: database.prisma, ownerId: "local", name: "Bench" });
    let latest = await store({ server, projectId, parent: null, fixture, base: new Map(), before: null });
    git.write(fixture.texts);
    git.commit("v1");
    const graftBefore = await countStored(database.prisma);
    const gitBefore = git.countObjectBytes();

    const graftMs: number[] = [];
    const gitMs: number[] = [];
    let contents: ReadonlyMap<ContentHash, Uint8Array> = fixture.contents;
    let oneIteration = { rows: 0, bytes: 0 };
    for (let round = 1; round <= iterationCount; round += 1) {
      const { next, changedPaths } = changeFiles({ fixture, count: changedCount, round });
      const before = fixture;
      const { ms, result } = await measure(() =>
        store({ server, projectId, parent: latest, fixture: next, base: contents, before }),
      );
      latest = result;
      graftMs.push(ms);
      git.write(changedPaths.map((path) => [path, next.texts.get(path) ?? ""]));
      gitMs.push((await measure(() => git.commit(`v${round + 1}`))).ms);
      if (round === 1) oneIteration = subtract(await countStored(database.prisma), graftBefore);
      contents = new Map([...contents, ...next.contents]);
      fixture = next;
    }
    const graftAfter = subtract(await countStored(database.prisma), graftBefore);
    const gitAfter = git.countObjectBytes();
    const diff = await measure(() => server.api.generation.diff({ generationId: latest }));
    const diffAgain: number[] = [];
    for (let round = 0; round < 20; round += 1)
      diffAgain.push((await measure(() => server.api.generation.diff({ generationId: latest }))).ms);
    const gitDiff = median(
      (
        await Promise.all(
          Array.from({ length: 5 }, () => measure(() => git.run("diff", "--numstat", "HEAD~1", "HEAD"))),
        )
      ).map(({ ms }) => ms),
    );
    git.run("gc", "--quiet", "--aggressive", "--prune=now");
    const gitPacked = git.countObjectBytes();

    for (let version = iterationCount + 2; version <= listedVersions; version += 1) {
      const { next } = changeFiles({ fixture, count: 1, round: version });
      latest = await store({ server, projectId, parent: latest, fixture: next, base: contents, before: fixture });
      fixture = next;
    }
    await server.api.generation.list({ projectId, limit: listedVersions });
    const list = await measure(() => server.api.generation.list({ projectId, limit: listedVersions }));
    const log = await measure(() => git.run("log", `-${listedVersions}`, "--format=%H %P %an %at %s"));
    return [
      {
        name: `store an iteration, ${changedCount} of ${fileCount} files changed (median)`,
        graft: formatMs(median(graftMs)),
        yardstick: formatMs(median(gitMs)),
        note: "git add + git commit, fsync on",
      },
      {
        name: "  rows and bytes it adds",
        graft: `${oneIteration.rows} rows, ${formatBytes(oneIteration.bytes)}`,
        yardstick: `${formatBytes((gitAfter.apparent - gitBefore.apparent) / iterationCount)}`,
        note: "git's loose objects, mean",
      },
      {
        name: `${iterationCount} iterations in a row, bytes added`,
        graft: formatBytes(graftAfter.bytes),
        yardstick: formatBytes(gitAfter.apparent - gitBefore.apparent),
        note: `loose (on disk ${formatBytes(gitAfter.onDisk - gitBefore.onDisk)})`,
      },
      {
        name: "  the whole history, against git packed",
        graft: formatBytes(graftAfter.bytes + graftBefore.bytes),
        yardstick: formatBytes(gitPacked.apparent),
        note: "after gc --aggressive, the first version included",
      },
      {
        name: `diff of two versions, ${changedCount} of ${fileCount} files (first, median)`,
        graft: `${formatMs(diff.ms)}, ${formatMs(median(diffAgain))}`,
        yardstick: formatMs(gitDiff),
        note: "git diff --numstat",
      },
      {
        name: `list ${list.result.items.length} versions`,
        graft: formatMs(list.ms),
        yardstick: formatMs(log.ms),
        note: `git log of ${iterationCount + 1}`,
      },
    ];
  } finally {
    git.remove();
  }
}

async function store({
  server,
  projectId,
  parent,
  fixture,
  base,
  before,
}: {
  server: TestServer;
  projectId: ProjectId;
  parent: GenerationId | null;
  fixture: ProjectFixture;
  base: ReadonlyMap<ContentHash, Uint8Array>;
  before: ProjectFixture | null;
}): Promise<GenerationId> {
  const { database, treeObjects } = server.container;
  const ledger = compareTrees({
    parent: before?.tree ?? emptyFileTree,
    tree: fixture.tree,
    contents: new Map([...base, ...fixture.contents]),
    cause: "edit",
  });
  const { generationId } = await database.prisma.$transaction((transaction) =>
    appendGeneration({
      transaction,
      treeObjects,
      generation: {
        projectId,
        kind: parent === null ? "create" : "iterate",
        author: "model",
        prompt: "bench",
        parentGenerationIds: parent === null ? [] : [parent],
        sourceGenerationId: null,
        tree: fixture.tree,
        newContents: fixture.contents,
        baseContents: base,
        ...ledger,
        issues: [],
      },
    }),
  );
  return generationId;
}

/** The number and bytes of history rows, including headers; without indexes and free space in pages. */
async function countStored(transaction: Transaction): Promise<{ rows: number; bytes: number }> {
  const [row] = await transaction.$queryRaw<{ rows: number; bytes: number }[]>`
    SELECT sum(rows)::float8 AS rows, sum(bytes)::float8 AS bytes FROM (
      SELECT count(*) AS rows, sum(pg_column_size(t.*)) AS bytes FROM "Blob" t
      UNION ALL SELECT count(*), sum(pg_column_size(t.*)) FROM "Generation" t
      UNION ALL SELECT count(*), sum(pg_column_size(t.*)) FROM "GenerationParent" t
      UNION ALL SELECT count(*), sum(pg_column_size(t.*)) FROM "GenerationChange" t
    ) AS tables`;
  return row ?? { rows: 0, bytes: 0 };
}

function subtract(
  after: { rows: number; bytes: number },
  before: { rows: number; bytes: number },
): { rows: number; bytes: number } {
  return { rows: after.rows - before.rows, bytes: after.bytes - before.bytes };
}
