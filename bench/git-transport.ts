import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { filePath } from "#lib/contracts/ids.ts";
import { createGitEngine } from "#server/git/git-engine.ts";
import { handleGitRequest } from "#server/http/handle-git-request.ts";
import { openRepository } from "#server/services/git/open-repository.ts";
import { createGitClient, type GitClient } from "#server/testing/git/git-client.ts";
import { serveHandler } from "#server/testing/serve-handler.ts";
import { serveRepositories } from "#server/testing/git/serve-repositories.ts";
import { testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { measure, median } from "./measure.ts";
import { buildProjectFixture, changeFiles } from "./project-fixture.ts";

const fileCount = 1_000;
const changedCount = 5;
const commitCount = 500;
const rounds = 10;

/** Importing, cloning, fetching and pushing, compared with git's own HTTP backend with the same history. */
export async function benchGitTransport({ server }: { server: TestServer }): Promise<BenchRow[]> {
  const client = await createGitClient();
  const searchPath = process.env["PATH"] ?? "";
  const directory = join(client.directory, "cache");
  const container = { ...server.container, git: createGitEngine({ directory, searchPath }) };
  const graft = await serveHandler((request) => handleGitRequest({ request, openContainer: async () => container }));
  const host = await serveRepositories(client.directory);
  try {
    await makeHistory(client);
    const mirrored = await measure(() => client.git(["clone", "--quiet", "--bare", `${host.url}/source`, "mirror"]));
    await client.git(["config", "http.receivepack", "true"], { in: "mirror" });
    const opened = await measure(() =>
      openRepository({
        container,
        ownerId: testOwnerId,
        name: "Bench",
        source: {
          type: "address",
          address: { type: "url", url: new URL(`${host.url}/source`) },
          rules: { allowsPrivate: true, outbound: null },
        },
        choices: { branches: "current", history: "all" },
        signal: AbortSignal.timeout(600_000),
        onProgress: () => undefined,
      }),
    );
    const address = `${graft.url}/git/${opened.result.projectId}.git`;
    const clone = (from: string, to: string) => measure(() => client.git(["clone", "--quiet", from, to]));
    const first = await clone(address, "graft-1");
    const again = await clone(address, "graft-2");
    const yardstick = await clone(`${host.url}/mirror`, "git-1");
    await clone(`${host.url}/mirror`, "git-2");
    const graftMs: { fetch: number[]; push: number[] } = { fetch: [], push: [] };
    const gitMs: typeof graftMs = { fetch: [], push: [] };
    const path = "src/area-0/module-0.ts";
    const commit = async ({ folder, round }: { folder: string; round: number }) => {
      appendFileSync(join(client.directory, folder, path), `// ${round}\n`);
      await client.git(["commit", "--quiet", "--all", "--message", `Round ${round}`], { in: folder });
    };
    for (let round = 0; round < rounds; round += 1) {
      const { headGenerationId } = await server.api.project.get({ projectId: opened.result.projectId });
      if (headGenerationId === null) throw new Error("The project has no version.");
      const content = `export const round = ${round};\n`;
      await server.api.generation.edit({
        parentGenerationId: headGenerationId,
        changeSet: { operations: [{ type: "write", path: filePath.parse("round.ts"), content }] },
      });
      graftMs.fetch.push((await measure(() => client.git(["fetch", "--quiet"], { in: "graft-1" }))).ms);
      await client.git(["merge", "--quiet", "--ff-only", "origin/main"], { in: "graft-1" });
      await commit({ folder: "graft-1", round });
      graftMs.push.push((await measure(() => client.git(["push", "--quiet"], { in: "graft-1" }))).ms);
      await commit({ folder: "git-1", round });
      gitMs.push.push((await measure(() => client.git(["push", "--quiet"], { in: "git-1" }))).ms);
      gitMs.fetch.push((await measure(() => client.git(["fetch", "--quiet"], { in: "git-2" }))).ms);
    }
    const perSecond = Math.round(commitCount / (opened.ms / 1_000));
    const of = `${commitCount} commits, ${changedCount} of ${fileCount} files each`;
    return [
      {
        name: `open a repository of ${of}`,
        graft: `${formatMs(opened.ms)}, ${perSecond} commits/s`,
        yardstick: formatMs(mirrored.ms),
        note: "git clone --bare over git http-backend",
      },
      {
        name: "  clone it (first: its repository is built; again)",
        graft: `${formatMs(first.ms)}, ${formatMs(again.ms)}`,
        yardstick: formatMs(yardstick.ms),
        note: "git clone over git http-backend",
      },
      {
        name: "  fetch after one version (median)",
        graft: formatMs(median(graftMs.fetch)),
        yardstick: formatMs(median(gitMs.fetch)),
        note: "git fetch over git http-backend",
      },
      {
        name: "  push one commit (median)",
        graft: formatMs(median(graftMs.push)),
        yardstick: formatMs(median(gitMs.push)),
        note: "git push over git http-backend",
      },
    ];
  } finally {
    await host.close();
    await graft.close();
    await client.remove();
  }
}

/** A repository `source` with the bench fixture's history, written at once by git's fast-import. */
async function makeHistory(client: GitClient): Promise<void> {
  await client.git(["init", "--quiet", "--initial-branch=main", "source"]);
  let fixture = buildProjectFixture(fileCount);
  const stream: string[] = [];
  const add = ({ message, texts }: { message: string; texts: Iterable<[string, string]> }) => {
    stream.push(`commit refs/heads/main\ncommitter Bench <bench@localhost> ${1_700_000_000 + stream.length} +0000\n`);
    stream.push(`data ${message.length}\n${message}\n`);
    for (const [path, text] of texts)
      stream.push(`M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  };
  add({ message: "v1", texts: fixture.texts });
  for (let round = 1; round < commitCount; round += 1) {
    const { next, changedPaths } = changeFiles({ fixture, count: changedCount, round });
    add({ message: `v${round + 1}`, texts: changedPaths.map((path) => [path, next.texts.get(path) ?? ""]) });
    fixture = next;
  }
  const { status, stderr } = spawnSync("git", ["fast-import", "--quiet"], {
    cwd: join(client.directory, "source"),
    input: stream.join(""),
  });
  if (status !== 0) throw new Error(`git fast-import failed: ${stderr.toString("utf8")}`);
}
