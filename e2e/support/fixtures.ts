import { setTimeout as delay } from "node:timers/promises";
import { expect, test as base, type APIRequestContext, type Page } from "@playwright/test";
import { maxLatencyMs, slowdown, testedServer, type TestedServer } from "../../playwright.config.ts";
import {
  type LoopbackReply,
  type LoopbackRequest,
  startLoopbackModelServer,
} from "../../server/providers/testing/loopback-model-server.ts";
import type { LoopbackToolCall } from "../../server/providers/testing/loopback-reply.ts";
import { threadFoldCookie } from "../../components/workbench/thread-fold.ts";
import { buildArchive } from "../../server/testing/build-archive.ts";

export { expect };

export const scriptedModel = "compatible:scripted";

/** A model of the same server with a price: $2 and $10 per million tokens. */
export const pricedModel = "openai:gpt-6.1-sol";

export type ModelScript = {
  /** The model's answers from now on: replies in order, of which the last repeats; or a function of the request. */
  play(...replies: LoopbackReply[]): void;
  answer(respond: (request: LoopbackRequest) => LoopbackReply | Promise<LoopbackReply>): void;
};

export const test = base.extend<
  { api: ProjectApi; quietConsole: undefined; noRunLeft: undefined; isThreadFolded: boolean },
  { server: TestedServer; model: ModelScript }
>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern
    async ({}, use, { parallelIndex }) => {
      await use(testedServer(parallelIndex));
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => {
    await use(server.baseUrl);
  },
  /** For journeys of only the right side of a project, at its width without the thread. */
  isThreadFolded: [false, { option: true }],
  model: [
    async ({ server: { modelServerPort } }, use) => {
      let respond: (request: LoopbackRequest) => LoopbackReply | Promise<LoopbackReply> = () => ({
        text: "No script.",
      });
      const server = await startLoopbackModelServer({
        respond: (request) => respond(request),
        port: modelServerPort,
        models: [{ id: "scripted" }],
      });
      await use({
        play(...replies) {
          const rest = [...replies];
          respond = () => (rest.length > 1 ? (rest.shift() ?? { text: "" }) : (rest[0] ?? { text: "" }));
        },
        answer(next) {
          respond = next;
        },
      });
      await server.close();
    },
    { scope: "worker" },
  ],
  /**
   * A page that throws, reports a hydration mismatch or violates its security policy fails the journey. Responses that
   * a journey makes fail do not, nor does a worker whose script is still loading when its page is left.
   */
  quietConsole: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on("weberror", (error) => errors.push(String(error.error())));
      context.on("console", (message) => {
        if (message.type() === "error" && !/^(Failed to load resource|Worker error)/.test(message.text()))
          errors.push(message.text());
      });
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  /** A run left running by a journey would consume the scripted answers of the next one. */
  noRunLeft: [
    async ({ api }, use) => {
      await use(undefined);
      await api.cancelRuns();
    },
    { auto: true },
  ],
  page: async ({ page, baseURL, isThreadFolded }, use) => {
    if (isThreadFolded)
      await page.context().addCookies([{ name: threadFoldCookie, value: "folded", url: baseURL ?? "" }]);
    if (slowdown > 1) {
      const devTools = await page.context().newCDPSession(page);
      await devTools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    }
    if (maxLatencyMs > 0) await delayResponses({ page, baseUrl: baseURL ?? "" });
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    page.goto = async (...args) => {
      const response = await goto(...args);
      await waitUntilListening(page);
      return response;
    };
    page.reload = async (...args) => {
      const response = await reload(...args);
      await waitUntilListening(page);
      return response;
    };
    await use(page);
  },
  api: async ({ request }, use) => {
    await use(new ProjectApi(request));
  },
});

async function delayResponses({ page, baseUrl }: { page: Page; baseUrl: string }): Promise<void> {
  await page.route("**/api/trpc/**", async (route) => {
    await delay(Math.random() * maxLatencyMs);
    // The journey may have left the page by then.
    await route.fallback().catch(() => undefined);
  });
  // By this header, the server knows a navigation within the product, for which it prefetches nothing. A browser lets
  // nobody change it, so the page is fetched for it.
  await page.route(
    (url) => url.href.startsWith(baseUrl) && !url.pathname.startsWith("/api/"),
    async (route) => {
      if (!route.request().isNavigationRequest() || route.request().frame() !== page.mainFrame())
        return route.fallback();
      const headers = { ...route.request().headers(), "sec-fetch-dest": "empty" };
      const response = await route.fetch({ headers, maxRedirects: 0 }).catch(() => null);
      return response === null ? route.abort() : route.fulfill({ response });
    },
  );
}

/** A page is rendered before its scripts are loaded: a key pressed in between has no effect. */
async function waitUntilListening(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("main h1") ?? document.querySelector("main") ?? {}).some((key) =>
      key.startsWith("__reactFiber$"),
    ),
  );
  // Effects, which bind keys, run after the frame, and on a long page some time after it.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: 5_000 })),
      ),
  );
}

/** Holds a scripted answer until the journey has seen what it needs. */
export function createGate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** For the `secondHalf` of an answer that a journey cancels. */
export const never = new Promise<never>(() => {});

export function writeFile(path: string, content: string): LoopbackToolCall {
  return { name: "write_file", arguments: { path, content } };
}

export function finish(summary = "Done."): LoopbackToolCall {
  return { name: "finish", arguments: { summary } };
}

export type FileItem = { path: string; contentHash: string };
type Run = {
  runId: string;
  status: string;
  generationId: string | null;
  failure: { code: string; message: string } | null;
};

/** The product's API, for preparing a journey and for verifying what a screen shows. */
export class ProjectApi {
  readonly #request: APIRequestContext;

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  async query<Output>(procedure: string, input: unknown): Promise<Output> {
    const response = await this.#request.get(
      `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
    );
    expect(response.ok(), await response.text()).toBe(true);
    return ((await response.json()) as { result: { data: Output } }).result.data;
  }

  async mutate<Output>(procedure: string, input: unknown): Promise<Output> {
    const response = await this.#request.post(`/api/trpc/${procedure}`, { data: input });
    expect(response.ok(), await response.text()).toBe(true);
    return ((await response.json()) as { result: { data: Output } }).result.data;
  }

  async importProject({
    name,
    files,
  }: {
    name: string;
    files: Readonly<Record<string, string | Uint8Array>>;
  }): Promise<{ projectId: string; generationId: string }> {
    const response = await this.#request.post(`/api/projects/import?name=${encodeURIComponent(name)}`, {
      data: Buffer.from(await buildArchive(files)),
      headers: { "content-type": "application/zip" },
    });
    expect(response.ok(), await response.text()).toBe(true);
    return (await response.json()) as { projectId: string; generationId: string };
  }

  async iterate({
    parentGenerationId,
    prompt,
    model = scriptedModel,
  }: {
    parentGenerationId: string;
    prompt: string;
    model?: string;
  }): Promise<Run> {
    const { runId } = await this.mutate<{ runId: string }>("generation.iterate", {
      parentGenerationId,
      prompt,
      model,
      mode: "classic",
    });
    return this.waitForRun(runId);
  }

  async waitForRun(runId: string): Promise<Run> {
    let run: Run | null = null;
    await expect(async () => {
      run = await this.query<Run>("run.get", { runId });
      expect(["QUEUED", "RUNNING"]).not.toContain(run.status);
    }).toPass({ timeout: 60_000, intervals: [100] });
    if (run === null) throw new Error(`Run ${runId} was not read.`);
    return run;
  }

  /** Cancels the running and waiting runs of the most recently changed projects. */
  async cancelRuns(): Promise<void> {
    type Project = { projectId: string; lastRun: { status: string } | null };
    const { items } = await this.query<{ items: Project[] }>("project.list", { limit: 5 });
    for (const { projectId, lastRun } of items) {
      if (lastRun?.status !== "QUEUED" && lastRun?.status !== "RUNNING") continue;
      const active = await this.query<{ items: Run[] }>("run.list", { projectId, isActive: true });
      // A run that ended after it was listed refuses, which is fine.
      for (const { runId } of active.items) await this.#request.post("/api/trpc/run.cancel", { data: { runId } });
    }
  }

  async readFiles(generationId: string): Promise<FileItem[]> {
    return (await this.query<{ items: FileItem[] }>("generation.files", { generationId })).items;
  }

  async readHead(projectId: string): Promise<string | null> {
    return (await this.query<{ headGenerationId: string | null }>("project.get", { projectId })).headGenerationId;
  }

  async countVersions(projectId: string): Promise<number> {
    return (await this.query<{ items: unknown[] }>("generation.list", { projectId })).items.length;
  }
}

/** Chooses an option of a labelled select. */
export async function choose({
  page,
  label,
  option,
}: {
  page: Page;
  label: string;
  option: string | RegExp;
}): Promise<void> {
  const select = page.getByRole("combobox", { name: label, exact: true });
  const text = await select.getByRole("option", { name: option }).textContent();
  await select.selectOption({ label: text ?? "" });
}
