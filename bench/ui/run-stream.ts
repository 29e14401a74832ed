import type { APIRequestContext, Browser } from "@playwright/test";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { LoopbackReply } from "#server/providers/testing/loopback-reply.ts";
import { percentile } from "../measure.ts";
import { installProbe, readRecord } from "./page-probe.ts";

type StreamFigures = {
  seconds: number;
  tokensPerSecond: number;
  frames: number;
  p95FrameMs: number;
  longestFrameMs: number;
  slowFrames: number;
  longestTaskMs: number;
  /** The number of finished files whose differences were opened while others were being written. */
  differences: number;
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

/** @returns the id of a run that writes the fifty files */
export async function startRun({
  request,
  baseUrl,
  parentGenerationId,
  model,
}: {
  request: APIRequestContext;
  baseUrl: string;
  parentGenerationId: GenerationId;
  model: string;
}): Promise<string> {
  const response = await request.post(`${baseUrl}/api/trpc/generation.iterate`, {
    data: { parentGenerationId, prompt: "Add fifty files of settings", model, mode: "classic" },
  });
  const { result } = (await response.json()) as { result: { data: { runId: string } } };
  return result.data.runId;
}

/** The interval at which another finished file is opened. */
const lookMs = 400;

/**
 * Watches a run's screen from its first event to its last. Opens the differences of finished files while the run writes
 * others.
 */
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
  const runId = await startRun({ request: page.request, baseUrl, parentGenerationId, model });
  await page.goto(`${baseUrl}/p/${projectId}/runs/${runId}`);
  await page.getByText("settings/part-0.ts").first().waitFor();
  const startedAt = performance.now();
  await page.evaluate(() => void ((window.probe.longTasks = []), (window.probe.frames.isRecording = true)));
  const end = page.getByRole("main").getByRole("link", { name: "Review changes" });
  let differences = 0;
  for (let file = 0; file < fileCount && !(await end.isVisible()); file += 1) {
    await page.evaluate(
      (index) => document.querySelectorAll<HTMLElement>("section[aria-labelledby=run-files] li button")[index]?.click(),
      file,
    );
    await page.waitForTimeout(lookMs);
    if (await page.evaluate(() => window.probe.isDrawn("section[aria-labelledby=run-files] diffs-container")))
      differences += 1;
  }
  await end.waitFor({ timeout: 120_000 });
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
    differences,
  };
}
