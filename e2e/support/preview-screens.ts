import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";
import { replaceAnswer } from "./replace-answer.ts";
import { visit, type ScreenState } from "./screens.ts";

const previewId = "00000000-0000-7000-8000-00000000000a";
const url = "http://v3-screens.localhost:4999/";

const log = [
  "> tasks@1.0.0 dev",
  "> next dev --port 3000",
  "",
  "   Next.js 16.0.1",
  "   - Local: http://localhost:3000",
  "",
  "   Starting...",
  "   Ready in 1.4 s",
].join("\n");

const item = {
  previewId,
  version: 3,
  status: "STOPPED",
  step: null,
  url: null,
  command: "npm run dev",
  reason: null,
  startedAt: "2026-11-30T06:00:00.000Z",
  endedAt: null,
  idleStopsAt: null,
};

const listed = {
  items: [] as object[],
  available: true,
  unavailableReason: null as string | null,
  command: "npm run dev" as string | null,
  isConfirmed: true,
  maximum: 3,
};

const noScreenshots = { items: [] as object[], unavailableReason: null as string | null };

/** The preview tab of a version in a given state, whether or not this host can run previews. */
function previewState({
  name,
  list = {},
  preview,
  shows,
  isWide,
  query = "",
  screenshots = noScreenshots,
}: {
  name: string;
  list?: Partial<typeof listed>;
  screenshots?: object;
  /** The preview of the shown version. */
  preview?: object;
  shows: RegExp;
  isWide?: true;
  query?: "" | "with-parent";
}): ScreenState {
  return {
    name: `preview-${name}`,
    ...(isWide === undefined ? {} : { isWide }),
    open: async ({ page, world: { projectId, v3: generationId, v2 } }) => {
      const own = preview === undefined ? null : { ...item, projectId, generationId, ...preview };
      await answer(page, "preview.list", { ...listed, ...list, items: own === null ? [] : [own] });
      await answer(page, "preview.screenshots", screenshots);
      if (own !== null) await answer(page, "preview.get", { ...own, log, logIsCut: false });
      await page.route(`${url}**`, (route) => route.fulfill({ contentType: "text/html", body: shownPage }));
      await visit(page, `/p/${projectId}/g/${generationId}/preview${query === "" ? "" : `?with=${v2}`}`);
      await expect(page.getByText(shows).first()).toBeVisible();
    },
  };
}

const shownPage = `<!doctype html><html lang="en"><head><title>Tasks</title><meta name="viewport" content="width=device-width"></head>
<body style="font: 16px sans-serif; margin: 2rem"><main><h1>Tasks</h1><p>Nothing to do today.</p></main></body></html>`;

const answer = (page: Page, procedure: string, data: object) =>
  replaceAnswer({ page, procedure, answer: { result: { data } } });

export const previewStates: ScreenState[] = [
  previewState({ name: "ask", list: { isConfirmed: false }, shows: /Once you confirm this command/ }),
  previewState({
    name: "ask-nothing-found",
    list: { isConfirmed: false, command: null },
    shows: /No command for a preview was found/,
  }),
  previewState({
    name: "no-sandbox",
    list: {
      available: false,
      unavailableReason: "bubblewrap is not installed. On Debian and Ubuntu: apt-get install bubblewrap.",
    },
    shows: /Previews cannot run on this machine/,
  }),
  previewState({ name: "none", shows: /v3 is not running/ }),
  previewState({
    name: "none-no-browser",
    screenshots: {
      items: [],
      unavailableReason:
        "There is no Chromium on this machine. Install one (Debian: apt-get install chromium), or name one in GRAFT_CHROMIUM.",
    },
    shows: /No screenshot will be taken/,
  }),
  previewState({ name: "starting", preview: { status: "STARTING", step: "packages" }, shows: /Install packages/ }),
  previewState({ name: "ready", preview: { status: "READY", url }, shows: /^Restart$/, isWide: true }),
  previewState({
    name: "failed",
    preview: { status: "FAILED", reason: "The program exited with code 1 before it answered." },
    shows: /exited with code 1/,
  }),
  previewState({
    name: "stopped-idle",
    preview: { status: "STOPPED", reason: "Nobody looked at it for 15 minutes." },
    shows: /Nobody looked at it/,
  }),
  previewState({
    name: "pair",
    preview: { status: "READY", url },
    shows: /v2 is not running/,
    query: "with-parent",
    isWide: true,
  }),
  {
    name: "preview-server-away",
    open: async ({ page, world }) => {
      await page.route("**/api/trpc/*preview.list*", (route) => route.abort());
      await visit(page, `/p/${world.projectId}/g/${world.v3}/preview`);
      await expect(page.locator("main").getByRole("alert").first()).toBeVisible({ timeout: 20_000 });
    },
  },
];
