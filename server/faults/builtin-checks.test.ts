import { afterAll, describe, expect, test } from "vitest";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { createScaffoldModel } from "#server/builtin/scaffold-model.ts";
import { ProjectSteps } from "#server/builtin/testing/project-steps.ts";
import { createCheckRunner } from "#server/checks/check-runner.ts";
import { createVersionTools } from "#server/checks/version-tools.ts";
import { detectChecks } from "#server/core/checks/detect-checks.ts";
import { describeContent, encodeText } from "#server/core/file-content.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { readEnv } from "#server/env.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { startFaultRun } from "./fault-run.ts";

const run = startFaultRun({ suite: "the built-in generator's projects", eachChange: 1, nightly: 1 });
const { sandbox, reason, remove } = await openTestSandbox();
afterAll(remove);

const { registries } = readEnv();
const prompt =
  "A task tracker: projects have a title and an optional description; tasks have a title, an optional due date, a status and an estimate: decimal, and belong to a project; tasks have many tags.";

async function whySkipped(registry: URL): Promise<string | null> {
  if (reason !== null) return reason;
  const isAnswering = await fetch(registry, { signal: AbortSignal.timeout(10_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  return isAnswering ? null : `${registry.hostname} does not answer`;
}

/** The result of each check detected in a new project, in the sandbox. */
async function checkNewProject(
  techStack: string,
): Promise<{ name: string; end: string; reason: string; log: string }[]> {
  const steps = new ProjectSteps(createScaffoldModel({ sourceParser: await loadSourceParser(), chunkDelayMs: 0 }));
  const files = await steps.create({ prompt, techStack });
  const tree = new Map<FilePath, FileEntry>();
  const contents = new Map<ContentHash, Uint8Array>();
  const texts = new Map<FilePath, string>();
  for (const [path, text] of files) {
    const bytes = encodeText(text);
    const entry: FileEntry = { ...describeContent(bytes), mode: "100644" };
    tree.set(path as FilePath, entry);
    contents.set(entry.contentHash, bytes);
    texts.set(path as FilePath, text);
  }
  const checks = createCheckRunner({ sandbox, tools: createVersionTools({ sandbox, registries }) });
  const ends = [];
  for (const { name, command } of detectChecks({ paths: [...tree.keys()], texts })) {
    const startedAt = performance.now();
    const outcome = await checks.run({
      command,
      tree,
      loadContents: async (hashes) => new Map(hashes.map((hash) => [hash, contents.get(hash) ?? new Uint8Array()])),
      signal: new AbortController().signal,
      onStage: () => undefined,
      onOutput: () => undefined,
    });
    const end = outcome.status === "finished" ? (outcome.hasPassed ? "passed" : "failed") : outcome.status;
    const log = outcome.status === "cancelled" ? "" : outcome.log.slice(-4_000);
    const why = outcome.status === "could-not-run" ? outcome.reason : "";
    run.report({ stack: techStack, check: name, end, seconds: Math.round((performance.now() - startedAt) / 1_000) });
    ends.push({ name, end, reason: why, log });
  }
  return ends;
}

const npmReason = await whySkipped(registries.npm);

describe.skipIf(npmReason !== null)(`nextjs_prisma${npmReason === null ? "" : ` (skipped: ${npmReason})`}`, () => {
  test("passes its own checks: packages, types, tests and build", async (context) => {
    const ends = await checkNewProject("nextjs_prisma");
    const uninstalled = ends.find(({ reason: why }) => why.includes("could not be installed"));
    if (uninstalled !== undefined) context.skip(uninstalled.reason);
    expect(ends.filter(({ end }) => end !== "passed")).toEqual([]);
    expect(ends.map(({ name }) => name)).toEqual(expect.arrayContaining(["types", "tests", "build"]));
  });
});

describe.skipIf(reason !== null)(`fastapi_postgres${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("passes those of its own checks that this host has the packages for, and fails none", async () => {
    const ends = await checkNewProject("fastapi_postgres");
    expect(ends.filter(({ end }) => end === "failed")).toEqual([]);
    expect(ends.filter(({ end }) => end === "passed").length).toBeGreaterThan(0);
    for (const { end, reason: why } of ends) if (end === "could-not-run") expect(why).not.toBe("");
  });
});
