import { spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { createContentCache } from "#server/checks/content-cache.ts";
import { createPackageInstaller } from "#server/checks/install-packages.ts";
import { runCheck } from "#server/checks/run-check.ts";
import { hashContent } from "#server/core/content-hash.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { openTestSandbox, type TestSandbox } from "#server/testing/open-test-sandbox.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { median } from "./measure.ts";

const rounds = 15;

type Fixture = { tree: FileTree; contents: ReadonlyMap<ContentHash, Uint8Array> };

/** The sandbox's overhead for a command, and the time before the project's own tool starts. */
export async function benchChecks(): Promise<BenchRow[]> {
  const testSandbox = await openTestSandbox();
  if (testSandbox.reason !== null)
    return [{ name: "checks of a project", graft: "not measured", yardstick: "", note: testSandbox.reason }];
  try {
    return [...(await benchCommands(testSandbox)), ...(await benchFiles(testSandbox))];
  } finally {
    await testSandbox.remove();
  }
}

async function benchCommands({ run, sandbox }: TestSandbox): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const folder = await sandbox.makeFolder();
  for (const command of ["true", "node -e 0"]) {
    const inside: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      inside.push((await run(command, { folder })).durationMs);
      const startedAt = performance.now();
      spawnSync("/bin/sh", ["-c", command]);
      bare.push(performance.now() - startedAt);
    }
    rows.push({
      name: `checks, \`${command}\` in the sandbox`,
      graft: formatMs(median(inside)),
      yardstick: formatMs(median(bare)),
      note: "the same without a sandbox; at most 150 ms more",
    });
  }
  return rows;
}

async function benchFiles({ sandbox, directory }: TestSandbox): Promise<BenchRow[]> {
  const cache = createContentCache({ directory: join(directory, "contents") });
  const { user } = await sandbox.getMachine();
  const write = async ({ tree, contents }: Fixture, name: string) => {
    const folder = join(directory, name);
    await mkdir(folder);
    const startedAt = performance.now();
    await cache.writeTree({ tree, folder, user, loadContents: async (hashes) => pick({ contents, hashes }) });
    return performance.now() - startedAt;
  };
  const coldMs = await write(buildFixture(0), "cold");
  const times: number[] = [];
  for (let round = 1; round <= 7; round += 1) times.push(await write(buildFixture(round), `warm-${round}`));
  const { tree, contents } = buildFixture(1);
  const starts: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const startedAt = performance.now();
    await runCheck({
      dependencies: {
        sandbox,
        cache,
        packages: createPackageInstaller({
          sandbox,
          registries: { npm: new URL("http://127.0.0.1:1/"), python: new URL("http://127.0.0.1:1/") },
        }),
      },
      request: {
        command: "true",
        tree,
        loadContents: async (hashes) => pick({ contents, hashes }),
        toolchain: "bench",
        signal: new AbortController().signal,
        onStage: (stage) => {
          if (stage === "running") starts.push(performance.now() - startedAt);
        },
        onOutput: () => undefined,
      },
    });
  }
  return [
    {
      name: "checks, files of a version, 5 of 1,000 changed",
      graft: formatMs(median(times)),
      yardstick: formatMs(coldMs),
      note: "all 1,000 for the first time; under 200 ms",
    },
    {
      name: "checks, warm start, 1,000 files",
      graft: formatMs(median(starts)),
      yardstick: "",
      note: "until the project's own tool begins; under 1 s",
    },
  ];
}

/** 1,000 files, of which 5 change in each round. */
function buildFixture(round: number): Fixture {
  const contents = new Map<ContentHash, Uint8Array>();
  const entries = Array.from({ length: 1_000 }, (_, index) => {
    const text = `export const value = ${index < 5 ? index + 1_000 * round : index};\n`.repeat(100);
    const content = new TextEncoder().encode(text);
    const contentHash = hashContent(content);
    contents.set(contentHash, content);
    const path = `src/folder-${index % 40}/file-${index}.ts` as FilePath;
    return [path, { contentHash, sizeBytes: content.length, isBinary: false, mode: "100644" as const }] as const;
  });
  return { tree: new Map(entries), contents };
}

function pick({ contents, hashes }: { contents: Fixture["contents"]; hashes: readonly ContentHash[] }) {
  return new Map(hashes.map((hash) => [hash, contents.get(hash) ?? new Uint8Array()]));
}
