import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { hashContent } from "#server/core/content-hash.ts";
import { checkLimits, type SandboxLimits } from "#server/sandbox/sandbox-limits.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { createContentCache } from "./content-cache.ts";
import { createPackageInstaller } from "./install-packages.ts";
import type { PackageRegistries } from "./package-registries.ts";
import { readToolchain } from "./read-toolchain.ts";
import { runCheck } from "./run-check.ts";

const { sandbox, directory, reason, remove } = await openTestSandbox();
afterAll(remove);

const nowhere: PackageRegistries = { npm: new URL("http://127.0.0.1:1/"), python: new URL("http://127.0.0.1:1/") };
const cache = createContentCache({ directory: join(directory, "contents") });

async function check({
  command,
  files,
  registries = nowhere,
  limits = {},
}: {
  command: string;
  files: Readonly<Record<string, string>>;
  registries?: PackageRegistries;
  limits?: Partial<SandboxLimits>;
}) {
  const contents = new Map<ContentHash, Uint8Array>();
  const tree = new Map(
    Object.entries(files).map(([path, text]) => {
      const content = new TextEncoder().encode(text);
      contents.set(hashContent(content), content);
      const entry = { contentHash: hashContent(content), sizeBytes: content.length, isBinary: false } as const;
      return [path as FilePath, { ...entry, mode: "100644" as const }];
    }),
  );
  const stages: string[] = [];
  const outcome = await runCheck({
    dependencies: { sandbox, cache, packages: createPackageInstaller({ sandbox, registries }) },
    request: {
      command,
      tree,
      loadContents: async (hashes) => new Map(hashes.map((hash) => [hash, contents.get(hash) ?? new Uint8Array()])),
      toolchain: "tools of the test",
      signal: new AbortController().signal,
      limits: { ...checkLimits, timeoutMs: 60_000, ...limits },
      onStage: (stage) => stages.push(stage),
      onOutput: () => undefined,
    },
  });
  return { outcome, stages };
}

/** 30 tests of node:test, of which these fail. */
const suite = (...failing: number[]) => ({
  "package.json": JSON.stringify({ scripts: { test: "node --test" } }),
  "sums.test.mjs": `import { test } from "node:test"; import assert from "node:assert";
${Array.from({ length: 30 }, (_, index) => `test("sum ${index}", () => assert.equal(${failing.includes(index) ? 1 : 2}, 2));`).join("\n")}`,
});

describe.skipIf(reason !== null)(`a check${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("records the tools that it runs with", async () => {
    expect(await readToolchain(sandbox)).toMatch(/^linux-\w+, node v24\.\d+\.\d+/);
  });

  test("names the failing one of 30 tests", async () => {
    const { outcome } = await check({ command: "npm test", files: suite(7) });
    expect(outcome).toMatchObject({
      status: "finished",
      hasPassed: false,
      exitCode: 1,
      counts: { passed: 29, failed: 1, skipped: 0 },
    });
    if (outcome.status !== "finished") throw new Error(outcome.status);
    expect(outcome.cases.filter(({ status }) => status === "failed")).toMatchObject([
      { name: "sum 7", path: "sums.test.mjs" },
    ]);
    expect((await check({ command: "npm test", files: suite() })).outcome).toMatchObject({
      hasPassed: true,
      exitCode: 0,
    });
  });

  test("names the failing cases of Python's own runner", async () => {
    const { outcome } = await check({
      command: "python3 -m unittest discover -v",
      files: {
        "test_sums.py": `import unittest
class Sums(unittest.TestCase):
    def test_adds(self): self.assertEqual(1 + 1, 2)
    def test_takes(self): self.assertEqual(2 - 1, 2)
`,
      },
    });
    if (outcome.status !== "finished") throw new Error(JSON.stringify(outcome));
    expect(outcome.cases.filter(({ status }) => status === "failed").map(({ name }) => name)).toEqual([
      "test_sums.Sums.test_takes",
    ]);
    expect(outcome.counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test.each([
    ["hangs", "sleep 1000", { timeoutMs: 1_500 }, /minutes and was ended/],
    ["floods", "yes", { outputBytes: 1_000_000 }, /printed more than/],
    [
      "fills the disk",
      "head -c 2G /dev/zero > big",
      { diskBytes: 100_000_000, fileBytes: 4_000_000_000 },
      /wrote more than/,
    ],
    [
      "forks",
      "python3 -c 'import os\nwhile True:\n  try: os.fork()\n  except OSError: pass'",
      { timeoutMs: 2_000, processes: 60 },
      /minutes and was ended/,
    ],
  ])("that %s fails with its reason in bounded time", async (_name, command, limits, expected) => {
    const startedAt = performance.now();
    const { outcome } = await check({ command, files: {}, limits });
    expect(outcome).toMatchObject({ status: "finished", hasPassed: false, exitCode: null });
    expect(outcome.status === "finished" ? outcome.reason : "").toMatch(expected);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });

  test.each([
    ["an unknown command", "pytest-of-nowhere", /^pytest-of-nowhere is not installed/],
    [
      "an unknown package of Python",
      "python3 -m nowhere_to_be_found",
      /^The Python package nowhere_to_be_found is not installed/,
    ],
  ])("with %s could not run, which is not the version's fault", async (_name, command, expected) => {
    const { outcome } = await check({ command, files: {} });
    expect(outcome).toMatchObject({ status: "could-not-run", reason: expect.stringMatching(expected) });
  });

  test("installs packages once from the registry, without their scripts, and runs without a network", async () => {
    const registry = await serveRegistry();
    const registries = { ...nowhere, npm: registry.url };
    const files = {
      "package.json": JSON.stringify({ dependencies: { answer: "1.0.0" }, scripts: { test: "node check.cjs" } }),
      "check.cjs": `const fs = require("node:fs"); console.log(require("answer"), fs.existsSync("node_modules/answer/scripted"));
        try { fs.writeFileSync("node_modules/answer/index.js", "module.exports = 13"); console.log("changed"); } catch { console.log("kept"); }
        fs.writeFileSync("node_modules/.cache/a", "a");
        require("node:http").get(${JSON.stringify(registry.url.href)}).on("error", () => console.log("alone"));`,
    };
    try {
      const first = await check({ command: "node check.cjs", files, registries });
      expect(first.outcome).toMatchObject({ status: "finished", hasPassed: true, log: "42 false\nkept\nalone\n" });
      const asked = registry.requests.length;
      expect(asked).toBeGreaterThan(0);
      const second = await check({ command: "node check.cjs", files: { ...files, "new.txt": "" }, registries });
      expect(second.outcome).toMatchObject({ status: "finished", log: "42 false\nkept\nalone\n" });
      expect(registry.requests.length).toBe(asked);
    } finally {
      await registry.close();
    }
  });

  test("compiles Python's sources without its packages", async () => {
    const files = { "requirements.txt": "fastapi==0.115.0\n", "app.py": "import fastapi\n" };
    const { outcome } = await check({ command: "python3 -m compileall -q .", files });
    expect(outcome).toMatchObject({ status: "finished", hasPassed: true });
    const broken = await check({ command: "python3 -m compileall -q .", files: { ...files, "app.py": "import (\n" } });
    expect(broken.outcome).toMatchObject({
      status: "finished",
      hasPassed: false,
      cases: [{ name: "does not compile", path: "app.py" }],
    });
  });

  test("says why packages could not be installed", async () => {
    const { outcome } = await check({
      command: "npm test",
      files: { "package.json": JSON.stringify({ dependencies: { answer: "1.0.0" } }) },
    });
    expect(outcome).toMatchObject({
      status: "could-not-run",
      reason: expect.stringMatching(/^The packages of the project could not be installed with npm: npm error/),
    });
  });
});

/** A registry with one package, whose install script would leave a file. */
async function serveRegistry() {
  const place = mkdtempSync(join(tmpdir(), "graft-registry-"));
  mkdirSync(join(place, "package"));
  writeFileSync(
    join(place, "package", "package.json"),
    JSON.stringify({ name: "answer", version: "1.0.0", main: "index.js", scripts: { postinstall: "touch scripted" } }),
  );
  writeFileSync(join(place, "package", "index.js"), "module.exports = 42;");
  execFileSync("tar", ["-czf", "answer.tgz", "package"], { cwd: place });
  const tarball = readFileSync(join(place, "answer.tgz"));
  rmSync(place, { recursive: true });
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    if (request.url?.endsWith(".tgz") === true) return response.end(tarball);
    const { port } = server.address() as { port: number };
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    const dist = { tarball: `http://127.0.0.1:${port}/answer.tgz`, integrity };
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        name: "answer",
        "dist-tags": { latest: "1.0.0" },
        versions: {
          "1.0.0": {
            name: "answer",
            version: "1.0.0",
            main: "index.js",
            hasInstallScript: true,
            scripts: { postinstall: "touch scripted" },
            dist,
          },
        },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    requests,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
