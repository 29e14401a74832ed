import type { Browser } from "@playwright/test";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { LoopbackReply } from "#server/providers/testing/loopback-reply.ts";
import { percentile } from "../measure.ts";
import { installProbe, readRecord } from "./page-probe.ts";

export type StreamFigures = {
  seconds: number;
  tokensPerSecond: number;
  frames: number;
  p95FrameMs: number;
  longestFrameMs: number;
  slowFrames: number;
  longestTaskMs: number;
};

const fileCount = 50;
const charactersPerToken = 4;
/**
 * Timers are late and a run has a start and an end: at this pace it streams 500 tokens a second from its first file to
 * its last.
 */
const tokensPerSecond = 600;
const chunkSize = 40;
const slowFrameMs = 50;
const content = Array.from(
  { length: 9 },
  (_, line) => `export const setting${line} = { enabled: true, limit: ${line * 100} };\n`,
).join("");

/** Fifty files in one answer, at the speed of a fast model. */
export const streamedReply: LoopbackReply = {
  text: "I will write fifty files of settings. ",
  toolCalls: [
    ...Array.from({ length: fileCount }, (_, file) => ({
      name: "write_file",
      arguments: { path: `settings/part-${file}.ts`, content },
    })),
    { name: "finish", arguments: { summary: "Wrote fifty files." } },
  ],
  chunkSize,
  chunkDelayMs: (1_000 * chunkSize) / (charactersPerToken * tokensPerSecond),
};

/** Watches a run's screen from its first event to its last. */
export async function measureStream({
  browser,
  baseUrl,
  projectId,
  parentGenerationId,
  model,
}: {
  browser: Browser;
  baseUrl: string;
  projectId: ProjectId;
  parentGenerationId: GenerationId;
  model: string;
}): Promise<StreamFigures> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await installProbe(page);
  const response = await page.request.post(`${baseUrl}/api/trpc/generation.iterate`, {
    data: { parentGenerationId, prompt: "Add fifty files of settings", model },
  });
  const { result } = (await response.json()) as { result: { data: { runId: string } } };
  await page.goto(`${baseUrl}/p/${projectId}/runs/${result.data.runId}`);
  await page.getByText("settings/part-0.ts").first().waitFor();
  const startedAt = performance.now();
  await page.evaluate(() => void ((window.probe.longTasks = []), (window.probe.frames.isRecording = true)));
  await page.getByRole("main").getByRole("link", { name: "Review changes" }).waitFor({ timeout: 120_000 });
  const seconds = (performance.now() - startedAt) / 1_000;
  const gaps = await page.evaluate(() => window.probe.frames.gaps);
  const { longestTaskMs } = await readRecord(page);
  await page.context().close();
  const characters = fileCount * JSON.stringify({ path: "settings/part-00.ts", content }).length;
  return {
    seconds,
    tokensPerSecond: characters / charactersPerToken / seconds,
    frames: gaps.length,
    p95FrameMs: percentile({ values: gaps, share: 0.95 }),
    longestFrameMs: Math.max(...gaps),
    slowFrames: gaps.filter((gap) => gap > slowFrameMs).length,
    longestTaskMs,
  };
}
