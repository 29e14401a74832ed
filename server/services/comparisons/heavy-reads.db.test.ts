import { afterAll, beforeAll, expect, test } from "vitest";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";

const repeat = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, at) => line(at));

/** Texts that each blocked the process for seconds. */
const heavy = {
  "changed.txt": repeat(350_000, (index) => String((index * 7_919) % 97)).join("\n"),
  "classes.py": repeat(20_000, (index) => `class C${index}:\n    a: int`).join("\n"),
  "interfaces.ts": repeat(20_000, (index) => `export interface I${index} { a: string }`).join("\n"),
  "bundle.min.js": `const a=1;${"function b(c){return c+1};".repeat(40_000)}`,
  "comments.sql": "/*".repeat(350_000),
};
const path = "changed.txt" as FilePath;

let server: TestServer;
let v1: GenerationId;
let v2: GenerationId;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
  ({ generationId: v1 } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Heavy",
    archive: await buildArchive(heavy),
  }));
});
afterAll(() => server.close());

/** The longest time that the process was blocked during `work`, and the total duration, in milliseconds. */
async function measurePause(work: () => Promise<unknown>): Promise<{ pauseMs: number; totalMs: number }> {
  let longest = 0;
  const startedAt = performance.now();
  let lastAt = startedAt;
  const look = () => {
    longest = Math.max(longest, performance.now() - lastAt);
    lastAt = performance.now();
  };
  const timer = setInterval(look, 1);
  await work();
  look();
  clearInterval(timer);
  return { pauseMs: Math.round(longest), totalMs: Math.round(performance.now() - startedAt) };
}

const content = repeat(350_000, (index) => String((index * 104_729) % 89)).join("\n");

test.each<[string, () => Promise<unknown>]>([
  [
    "an edit",
    async () => {
      ({ generationId: v2 } = await server.api.generation.edit({
        parentGenerationId: v1,
        changeSet: { operations: [{ type: "write", path, content }] },
      }));
    },
  ],
  [
    "the plan of an edit",
    () =>
      server.api.generation.planEdit({
        parentGenerationId: v1,
        changeSet: { operations: [{ type: "write", path, content }] },
      }),
  ],
  ["the list of changes", () => server.api.generation.diff({ generationId: v2 })],
  ["a patch", () => server.api.generation.fileDiff({ generationId: v2, path })],
  ["a page of patches", () => server.api.generation.fileDiffs({ generationId: v2, limit: 10, contextLines: 5 })],
  ["who wrote each line", () => server.api.generation.fileBlame({ generationId: v2, path })],
  ["the code schema", () => server.api.generation.codeSchema({ generationId: v2 })],
])("%s of large files is made beside the process", async (name, work) => {
  const { pauseMs, totalMs } = await measurePause(work);
  console.log(`${name}: ${totalMs} ms, in which the process paused for ${pauseMs} ms at most`);
  // A share, because the host may be busy with other things: without threads the pause is nearly the whole time.
  expect(pauseMs).toBeLessThan(totalMs / 2);
});

test("their results are right", async () => {
  const { files } = await server.api.generation.diff({ generationId: v2 });
  expect(files[0]).toMatchObject({ path, status: "modified" });
  const schema = await server.api.generation.codeSchema({ generationId: v2 });
  expect(schema.entities.filter((entity) => entity.path === "interfaces.ts")).toHaveLength(2_000);
  expect(schema.partialPaths).toContain("interfaces.ts");
  const blame = await server.api.generation.fileBlame({ generationId: v2, path });
  expect(blame.ranges.reduce((sum, { lineCount }) => sum + lineCount, 0)).toBe(350_000);
});
