import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "@playwright/test";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { startProduct } from "#server/faults/wire/started-product.ts";
import { loopbackKey, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer } from "#server/testing/start-test-server.ts";
import { createTestDatabase, stopTestServer } from "#server/testing/test-database.ts";
import { printTable } from "../bench-table.ts";
import { measureThread } from "./thread.ts";
import { measureHistory, storeHistory } from "./history.ts";
import { measureWeight } from "./page-weight.ts";
import { storeReviewCases, type ReviewCase } from "./review-cases.ts";
import { measureReview, measureYardstick } from "./review.ts";
import { measureStream, startRun, streamedReply } from "./run-stream.ts";
import { measureShifts } from "./shifts.ts";
import { serveYardstickPages } from "./yardstick-pages.ts";

/** One line of the report; `gitDiffView` and `reactDiffView` are empty if those surfaces have no equivalent. */
type UiRow = { name: string; graft: string; aim: string; gitDiffView: string; reactDiffView: string };

const threadEntryCount = 1_000;
const versionCount = 5_000;
/** `npm run bench:ui -- reviews` runs only that part. */
const [wantedPart] = process.argv.slice(2);
const dataDir = fileURLToPath(new URL("../../node_modules/.cache/graft/bench-ui", import.meta.url));

const { connectionString, drop } = await createTestDatabase();
const models = await startLoopbackModelServer({ respond: () => streamedReply });
const rows: UiRow[] = [];
try {
  console.log("Storing three diffs and a history of 5,000 versions…");
  const { cases, historyId } = await storeProjects();
  const product = await startProduct({
    env: {
      DATABASE_URL: connectionString,
      GRAFT_DATA_DIR: dataDir,
      LOG_LEVEL: "error",
      OPENAI_COMPATIBLE_BASE_URL: models.url,
      OPENAI_COMPATIBLE_API_KEY: loopbackKey,
      OPENAI_COMPATIBLE_MODELS: "loopback",
    },
  });
  const browser = await openBrowser();
  try {
    const { baseUrl } = product;
    await warmUp({ browser, baseUrl, cases, historyId });
    const parts = {
      reviews: () => benchReviews({ browser, baseUrl, cases }),
      history: () => benchHistory({ browser, baseUrl, historyId }),
      thread: () => benchThread({ browser, baseUrl, historyId }),
      stream: () => benchStream({ browser, baseUrl, cases }),
      shifts: () => benchShifts({ browser, baseUrl, cases, historyId }),
      weights: () => benchWeights({ browser, baseUrl, cases, historyId }),
    };
    for (const [name, bench] of Object.entries(parts))
      if (wantedPart === undefined || name === wantedPart) await bench();
  } finally {
    await browser.close();
    await product.stop();
  }
  printTable(
    {
      name: "user interface",
      graft: "Graft",
      aim: "aim",
      gitDiffView: "git-diff-view",
      reactDiffView: "react-diff-view",
    },
    rows,
  );
  writeFileSync(
    fileURLToPath(new URL("../results-ui.json", import.meta.url)),
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, rows }, null, 2)}\n`,
  );
} finally {
  await models.close();
  await drop();
  await stopTestServer();
}

async function storeProjects(): Promise<{ cases: ReviewCase[]; historyId: ProjectId }> {
  const server = await startTestServer({ models: new ScriptedGateway({ turns: [] }), connectionString });
  try {
    return { cases: await storeReviewCases({ server }), historyId: await storeHistory({ server, versionCount }) };
  } finally {
    await server.close();
  }
}

function openBrowser(): Promise<Browser> {
  const executablePath = process.env["GRAFT_CHROMIUM"];
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
    ],
  });
}

/** A newly started server loads its pages' code at the first request, which later visitors do not wait for. */
async function warmUp({
  browser,
  baseUrl,
  cases,
  historyId,
}: {
  browser: Browser;
  baseUrl: string;
  cases: readonly ReviewCase[];
  historyId: ProjectId;
}): Promise<void> {
  const [first] = cases;
  const page = await browser.newPage();
  const ofFirst =
    first === undefined
      ? []
      : [
          `compare/${first.head}...${first.base}`,
          `g/${first.base}/review`,
          `g/${first.base}`,
          `g/${first.base}/files`,
        ].map((path) => `/p/${first.projectId}/${path}`);
  for (const path of ["/", "/new", `/p/${historyId}/history`, ...ofFirst]) {
    await page.goto(`${baseUrl}${path}`);
    await page.waitForLoadState("networkidle");
  }
  await page.close();
}

async function benchReviews({
  browser,
  baseUrl,
  cases,
}: {
  browser: Browser;
  baseUrl: string;
  cases: readonly ReviewCase[];
}): Promise<void> {
  const pages = await serveYardstickPages({ cases });
  for (const [caseIndex, reviewCase] of cases.entries()) {
    console.log(`Reviewing ${reviewCase.name}…`);
    const graft = await measureReview({ browser, baseUrl, reviewCase });
    const git = await measureYardstick({ browser, pages, library: "git-diff-view", caseIndex });
    const react = await measureYardstick({ browser, pages, library: "react-diff-view", caseIndex });
    const add = (name: string, aim: string, ...[own, gitValue, reactValue]: string[]) =>
      rows.push({
        name: `${reviewCase.name}: ${name}`,
        graft: own ?? "",
        aim,
        gitDiffView: gitValue ?? "",
        reactDiffView: reactValue ?? "",
      });
    add("first line, first view of the diff", "", formatMs(graft.firstViewMs));
    add("first colours, first view of the diff", "", formatMs(graft.firstViewColourMs));
    add("first colours, cold", "", formatMs(graft.colourMs));
    add("first line, cold", "900 ms", ...[graft, git, react].map(({ coldMs }) => formatMs(coldMs)));
    add("first line, warm", "100 ms", ...[graft, git, react].map(({ warmMs }) => formatMs(warmMs)));
    add("elements", "5,000", ...[graft, git, react].map(({ elements }) => elements.toLocaleString("en")));
    add(
      "longest task while opening",
      "100 ms",
      ...[graft, git, react].map(({ record }) => formatTask(record.longestTaskMs)),
    );
    for (const { key, p95 } of graft.keyMs) add(`key ${key} to paint, p95`, "100 ms", formatMs(p95));
    add("blank frames in a fast scroll", "0", `${graft.blankFrames} of ${graft.frames}`);
    add("heap when scrolled through", "60 MB", ...[graft, git, react].map(({ heapMb }) => `${heapMb.toFixed(0)} MB`));
    add("layout shift", "0.02", ...[graft, git, react].map(({ record }) => record.layoutShift.toFixed(3)));
  }
  pages.close();
}

async function benchHistory({
  browser,
  baseUrl,
  historyId,
}: {
  browser: Browser;
  baseUrl: string;
  historyId: ProjectId;
}): Promise<void> {
  console.log("Opening the history…");
  const { firstRowMs, completeMs, elements, record } = await measureHistory({
    browser,
    baseUrl,
    projectId: historyId,
    versionCount,
  });
  const add = (name: string, graft: string, aim: string) =>
    rows.push({
      name: `history of ${versionCount.toLocaleString("en")}: ${name}`,
      graft,
      aim,
      gitDiffView: "",
      reactDiffView: "",
    });
  add("first paint", formatMs(record.firstPaintMs), "200 ms");
  add("first row", formatMs(firstRowMs), "200 ms");
  add("all versions loaded", formatMs(completeMs), "");
  add("elements", elements.toLocaleString("en"), "5,000");
  add("longest task", formatTask(record.longestTaskMs), "100 ms");
  add("layout shift", record.layoutShift.toFixed(3), "0.02");
}

async function benchThread({
  browser,
  baseUrl,
  historyId,
}: {
  browser: Browser;
  baseUrl: string;
  historyId: ProjectId;
}): Promise<void> {
  console.log("Reading a thread…");
  const { firstEntryMs, elements, entries, record } = await measureThread({
    browser,
    baseUrl,
    projectId: historyId,
    entryCount: threadEntryCount,
  });
  const add = (name: string, graft: string, aim: string) =>
    rows.push({
      name: `thread of ${threadEntryCount.toLocaleString("en")}: ${name}`,
      graft,
      aim,
      gitDiffView: "",
      reactDiffView: "",
    });
  add("first paint", formatMs(record.firstPaintMs), "300 ms");
  add("first entry", formatMs(firstEntryMs), "300 ms");
  add("entries drawn", String(entries), "");
  add("elements", elements.toLocaleString("en"), "5,000");
  add("longest task", formatTask(record.longestTaskMs), "100 ms");
  add("layout shift", record.layoutShift.toFixed(3), "0.02");
}

async function benchStream({
  browser,
  baseUrl,
  cases,
}: {
  browser: Browser;
  baseUrl: string;
  cases: readonly ReviewCase[];
}): Promise<void> {
  const [first] = cases;
  if (first === undefined) return;
  console.log("Watching a run…");
  const figures = await measureStream({
    browser,
    baseUrl,
    projectId: first.projectId,
    parentGenerationId: first.head,
    model: loopbackModelIds.compatible,
  });
  const add = (name: string, graft: string, aim: string) =>
    rows.push({ name: `run of 50 files: ${name}`, graft, aim, gitDiffView: "", reactDiffView: "" });
  add("streamed", `${figures.tokensPerSecond.toFixed(0)} tokens/s for ${figures.seconds.toFixed(1)} s`, "500 tokens/s");
  add("differences of finished files looked at", String(figures.differences), "");
  add("frames over 50 ms", `${figures.slowFrames} of ${figures.frames}`, "0");
  add("longest frame", formatMs(figures.longestFrameMs), "50 ms");
  add("p95 frame", formatMs(figures.p95FrameMs), "");
  add("longest task", formatTask(figures.longestTaskMs), "");
}

async function benchShifts({
  browser,
  baseUrl,
  cases: [first],
  historyId,
}: {
  browser: Browser;
  baseUrl: string;
  cases: readonly ReviewCase[];
  historyId: ProjectId;
}): Promise<void> {
  if (first === undefined) return;
  console.log("Looking for what moves…");
  const page = await browser.newPage();
  const runId = await startRun({
    request: page.request,
    baseUrl,
    parentGenerationId: first.head,
    model: loopbackModelIds.compatible,
  });
  await page.goto(`${baseUrl}/p/${first.projectId}/runs/${runId}`);
  await page.getByRole("main").getByRole("link", { name: "Review changes" }).waitFor({ timeout: 120_000 });
  await page.close();
  const version = `/p/${first.projectId}/g/${first.head}`;
  const figures = await measureShifts({
    browser,
    baseUrl,
    screens: [
      ["projects", "/"],
      ["new", "/new"],
      ["settings", "/settings"],
      ["review", `${version}/review`],
      ["details", version],
      ["files", `${version}/files`],
      ["file", `${version}/files/src/area-0/module-0.ts`],
      ["schema", `${version}/schema`],
      ["checks", `${version}/checks`],
      ["compare", `/p/${first.projectId}/compare/${first.head}...${first.base}`],
      ["history", `/p/${historyId}/history`],
      ["run", `/p/${first.projectId}/runs/${runId}`],
      ["runs", `/p/${first.projectId}/runs`],
    ],
  });
  for (const { screen, widthPx, layoutShift, mover } of figures) {
    rows.push({
      name: `screen ${screen} at ${widthPx} px: layout shift`,
      graft: layoutShift.toFixed(3),
      aim: "0.02",
      gitDiffView: "",
      reactDiffView: "",
    });
    if (layoutShift > 0.02) console.log(`${screen} at ${widthPx} px moves by ${layoutShift.toFixed(3)}: ${mover}`);
  }
}

async function benchWeights({
  browser,
  baseUrl,
  cases,
  historyId,
}: {
  browser: Browser;
  baseUrl: string;
  cases: readonly ReviewCase[];
  historyId: ProjectId;
}): Promise<void> {
  const [first] = cases;
  if (first === undefined) return;
  console.log("Weighing pages…");
  const place = `/p/${first.projectId}/g/${first.head}`;
  const pages: [string, string, string][] = [
    ["projects", "/", "200 kB"],
    ["new", "/new", "200 kB"],
    ["workspace", place, "200 kB"],
    ["files", `${place}/files`, "200 kB"],
    ["history", `/p/${historyId}/history`, "200 kB"],
    ["review", `${place}/review`, "600 kB"],
  ];
  for (const [name, path, aim] of pages) {
    const { kB, scripts, record } = await measureWeight({ browser, url: `${baseUrl}${path}` });
    const add = (what: string, graft: string, limit: string) =>
      rows.push({ name: `page ${name}: ${what}`, graft, aim: limit, gitDiffView: "", reactDiffView: "" });
    add("JavaScript, compressed", `${kB.toFixed(0)} kB in ${scripts}`, aim);
    add("first paint, cold", formatMs(record.firstPaintMs), "300 ms");
    add("layout shift", record.layoutShift.toFixed(3), "0.02");
  }
}

function formatMs(ms: number): string {
  return `${ms.toFixed(0)} ms`;
}

function formatTask(ms: number): string {
  return ms === 0 ? "under 50 ms" : formatMs(ms);
}
