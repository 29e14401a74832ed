import type { GenerationId } from "#lib/contracts/ids.ts";
import type { StageName } from "#lib/contracts/runs/run-state.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, scriptedModelId, type ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { measure, median, percentile } from "./measure.ts";
import { buildProjectFixture } from "./project-fixture.ts";

/** The file counts of projects, and how often each is changed: the largest allowed one takes a while. */
const sizes = [
  { fileCount: 100, roundCount: 40 },
  { fileCount: 1_000, roundCount: 40 },
  { fileCount: 4_000, roundCount: 40 },
  { fileCount: 20_000, roundCount: 8 },
];
const changedCount = 5;

/** Graft's overhead for an iteration: with a model that answers at once, all the time is Graft's. */
export async function benchIteration({
  server,
  models,
}: {
  server: TestServer;
  models: ScriptedGateway;
}): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { fileCount, roundCount } of sizes) {
    const fixture = buildProjectFixture(fileCount);
    const imported = await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: `Bench ${fileCount}`,
      archive: await buildArchive(Object.fromEntries(fixture.texts)),
    });
    let parentGenerationId: GenerationId = imported.generationId;
    const paths = [...fixture.texts.keys()];
    const stageMs = new Map<StageName, number[]>();
    const workMs: number[] = [];
    const wholeMs: number[] = [];
    let firstMs = 0;
    for (let round = 0; round <= roundCount; round += 1) {
      models.script(
        callTools(
          ...Array.from({ length: changedCount }, (_, index): [string, unknown] => {
            const path = paths[(round * 17 + index * Math.floor(paths.length / changedCount)) % paths.length] ?? "";
            const number = /module-(\d+)/.exec(path)?.[1] ?? "";
            return [
              "edit_file",
              {
                path,
                edits: [
                  {
                    oldText: `export const settings${number} =`,
                    newText: `export const added${number}x${round} = ${round};\nexport const settings${number} =`,
                  },
                ],
              },
            ];
          }),
          ["finish", { summary: "Done." }],
        ),
      );
      const { ms, result: run } = await measure(async () => {
        const { runId } = await server.api.generation.iterate({
          parentGenerationId,
          prompt: `Round ${round}`,
          model: scriptedModelId,
          mode: "classic",
        });
        return server.waitForRun(runId, { timeoutMs: 300_000 });
      });
      if (run.generationId === null) throw new Error(`The bench's run failed: ${run.failure?.message}`);
      parentGenerationId = run.generationId;
      const worked = run.stages.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
      const ended = Date.parse(run.endedAt ?? "") - Date.parse(run.createdAt);
      if (round === 0) firstMs = ended;
      else {
        for (const { name, durationMs } of run.stages)
          stageMs.set(name, [...(stageMs.get(name) ?? []), durationMs ?? 0]);
        workMs.push(worked);
        wholeMs.push(Math.min(ms, ended));
      }
    }
    rows.push({
      name: `added to an iteration on ${fileCount} files (stages; submit to stored, median, p95)`,
      graft: `${formatMs(median(workMs))}; ${formatMs(median(wholeMs))}, ${formatMs(percentile({ values: wholeMs, share: 0.95 }))}`,
      yardstick: "0 ms",
      note: `the model's own time; first run, cold: ${formatMs(firstMs)}`,
    });
    rows.push({
      name: "  by stage, median",
      graft: [...stageMs].map(([name, values]) => `${name} ${formatMs(median(values))}`).join(", "),
      yardstick: "",
      note: "",
    });
  }
  return rows;
}
