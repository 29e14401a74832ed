import type { Browser } from "@playwright/test";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { median } from "../measure.ts";
import { installProbe, readRecord, type PageRecord } from "./page-probe.ts";

type HistoryFigures = { firstRowMs: number; completeMs: number; elements: number; record: PageRecord };

const rounds = 5;
/** One in this many versions is based on an older one, so that the graph has branches. */
const branchEvery = 25;

export async function storeHistory({
  server,
  versionCount,
}: {
  server: TestServer;
  versionCount: number;
}): Promise<ProjectId> {
  const archive = await buildArchive({ "src/a.ts": "export const a = 1;\n", "src/b.ts": "export const b = 1;\n" });
  const { projectId, generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Long history",
    archive,
  });
  let head: GenerationId = generationId;
  const older = [generationId];
  for (let version = 2; version <= versionCount; version += 1) {
    const isBranch = version % branchEvery === 0;
    const parentGenerationId = isBranch ? (older.at(-10) ?? head) : head;
    const made = await server.api.generation.edit({
      parentGenerationId,
      changeSet: {
        operations: [{ type: "write", path: "src/b.ts" as FilePath, content: `export const b = ${version};\n` }],
      },
    });
    if (!isBranch) head = made.generationId;
    older.push(made.generationId);
  }
  return projectId;
}

export async function measureHistory({
  browser,
  baseUrl,
  projectId,
  versionCount,
}: {
  browser: Browser;
  baseUrl: string;
  projectId: ProjectId;
  versionCount: number;
}): Promise<HistoryFigures> {
  const firstRows: number[] = [];
  const completes: number[] = [];
  const records: PageRecord[] = [];
  let elements = 0;
  for (let round = 0; round < rounds; round += 1) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await installProbe(page);
    await page.goto(`${baseUrl}/p/${projectId}/history`, { waitUntil: "commit" });
    firstRows.push(await page.evaluate(() => window.probe.painted("main ul[aria-label=Versions] li")));
    await page.getByText(`${versionCount.toLocaleString("en")} versions`, { exact: true }).waitFor();
    completes.push(await page.evaluate(() => performance.now()));
    await page.waitForTimeout(500);
    records.push(await readRecord(page));
    elements = await page.evaluate(() => window.probe.countElements());
    await page.context().close();
  }
  return {
    firstRowMs: median(firstRows),
    completeMs: median(completes),
    elements,
    record: {
      longestTaskMs: Math.max(...records.map(({ longestTaskMs }) => longestTaskMs)),
      layoutShift: Math.max(...records.map(({ layoutShift }) => layoutShift)),
      firstPaintMs: median(records.map(({ firstPaintMs }) => firstPaintMs)),
    },
  };
}
