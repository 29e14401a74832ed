import { setTimeout as delay } from "node:timers/promises";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, ScriptedGateway, scriptedModelId as model } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId } from "#server/testing/start-test-server.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { median } from "./measure.ts";
import { buildProjectFixture } from "./project-fixture.ts";

const modelMs = 2_000;
const roundCount = 5;
/** Each poll takes processor time of the process that runs the candidates: polls every 5 ms took half of it. */
const pollMs = 250;
/** The default of a worker process. */
const concurrency = 4;

/**
 * The time for three candidates of a model that answers in 2 s, from the request to the last end, compared with a
 * single run.
 */
export async function benchCandidates(): Promise<BenchRow[]> {
  const models = new ScriptedGateway({ turns: [] });
  const server = await startTestServer({ models, concurrency });
  try {
    const { generationId: parentGenerationId } = await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: "Candidates",
      archive: await buildArchive(Object.fromEntries(buildProjectFixture(1_000).texts)),
    });
    let written = 0;
    const script = () =>
      Array.from({ length: 3 }, () => async (request: Parameters<ReturnType<typeof callTools>>[0]) => {
        await delay(modelMs);
        written += 1;
        const file = { path: `answers/${written}.txt`, content: `${written}\n` };
        return callTools(["write_file", file], ["finish", { summary: "Done." }])(request);
      });
    /** The time in ms from the request to the last end. */
    const submit = async (count: number): Promise<number> => {
      const startedAt = Date.now();
      models.script(...script());
      const request = { parentGenerationId, prompt: `Answer ${written}`, mode: "classic" as const };
      const { runId, runIds } = await server.api.generation.iterate(
        count === 1
          ? { ...request, model }
          : { ...request, candidates: Array.from({ length: count }, () => ({ model })) },
      );
      let endedAt = startedAt;
      for (const id of runIds ?? [runId]) {
        let run = await server.api.run.get({ runId: id });
        for (; isActive(run.status); run = await server.api.run.get({ runId: id })) await delay(pollMs);
        endedAt = Math.max(endedAt, Date.parse(run.endedAt ?? ""));
      }
      return endedAt - startedAt;
    };
    await submit(1);
    const aloneMs: number[] = [];
    const togetherMs: number[] = [];
    for (let round = 0; round < roundCount; round += 1) {
      aloneMs.push(await submit(1));
      togetherMs.push(await submit(3));
    }
    const [alone, together] = [median(aloneMs), median(togetherMs)];
    return [
      {
        name: "three candidates, model answers in 2 s",
        graft: `${formatMs(together)} (${(((together - alone) / alone) * 100).toFixed(1)} % over one)`,
        yardstick: formatMs(alone),
        note: `one run alone; medians of ${roundCount}, ${concurrency} runs at once in one worker`,
      },
    ];
  } finally {
    await server.close();
  }
}
