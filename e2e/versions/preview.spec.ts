import type { Locator, Page } from "@playwright/test";
import { maxLatencyMs } from "../../playwright.config.ts";
import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { expect, test, type ProjectApi } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

test.skip(maxLatencyMs > 0, "A page that the test serves itself, to delay it, may embed no page of the loopback.");

/** A server that prints enough lines to scroll its log, and one line for each request. */
const serverOf = (heading: string) => `import { createServer } from "node:http";
for (let line = 0; line < 60; line += 1)
  console.log("line " + line);
const page = (path) => [
  "<!doctype html>",
  '<html lang="en">',
  "<title>Tasks</title>",
  "<main><h1>${heading}</h1>",
  "<p>You are at " + path + "</p>",
  '<p><a href="/next">Next</a></p>',
  "</main>",
].join("");
createServer((request, response) => {
  console.log("asked for " + request.url);
  response.setHeader("content-type", "text/html");
  response.end(page(request.url));
}).listen(process.env.PORT);
`;

const packageJson = JSON.stringify({ name: "tasks", scripts: { dev: "node server.mjs" } });

type Project = { projectId: string; v1: string };

async function importServer(api: ProjectApi): Promise<Project> {
  const { projectId, generationId: v1 } = await api.importProject({
    name: "Previewed",
    files: { "package.json": packageJson, "server.mjs": serverOf("All tasks") },
  });
  const { available } = await api.query<{ available: boolean }>("preview.list", { projectId });
  test.skip(!available, "There is no sandbox on this machine.");
  return { projectId, v1 };
}

async function edit({ api, parent, content }: { api: ProjectApi; parent: string; content: string }): Promise<string> {
  const { generationId } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: parent,
    changeSet: { operations: [{ type: "write", path: "server.mjs", content }] },
  });
  return generationId;
}

/** Confirms the command and starts a version, so that a test begins with a running preview. */
const start = ({ api, generationId }: { api: ProjectApi; generationId: string }) =>
  api.mutate<{ previewId: string }>("preview.start", { generationId, confirmCommand: "npm run dev" });

async function stopAll({ api, projectId }: { api: ProjectApi; projectId: string }): Promise<void> {
  const { items } = await api.query<{ items: { previewId: string }[] }>("preview.list", { projectId });
  for (const { previewId } of items) await api.mutate("preview.stop", { previewId });
}

const panel = (page: Page, version: number) =>
  page.getByRole("region", { name: `Preview of v${version}`, exact: true });
const heading = (within: Locator, version: number) =>
  within.frameLocator(`iframe[title="Page of v${version}"]`).getByRole("heading", { level: 1 });
const slow = { timeout: 50_000 };

test.use({ isThreadFolded: true });

test("the user confirms a command once, opens the page and a path, and the log stays where it is scrolled", async ({
  page,
  api,
}) => {
  const { projectId, v1 } = await importServer(api);
  await page.goto(`/p/${projectId}/g/${v1}/checks`);
  await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Preview" }).click();
  const first = panel(page, 1);
  await expect(first.getByRole("textbox", { name: "Command of the preview" })).toHaveValue("npm run dev");
  await expectAccessible(page);
  await first.getByRole("button", { name: "Confirm and start" }).click();
  await expect(page.getByRole("status", { name: "State of the preview of v1" })).toHaveText(/./);
  await expect(heading(first, 1)).toHaveText("All tasks", slow);
  await expect(page.getByRole("status", { name: "State of the preview of v1" })).toHaveText(
    "The preview of v1 is ready.",
  );
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.emulateMedia({ colorScheme: "light" });

  const frame = first.frameLocator("iframe");
  await first.getByRole("textbox", { name: "Path of the page of v1" }).fill("https://example.com/");
  await first.getByRole("textbox", { name: "Path of the page of v1" }).press("Enter");
  await expect(first.getByRole("alert")).toHaveText("Only paths of this preview, such as /tasks");
  await first.getByRole("textbox", { name: "Path of the page of v1" }).fill("tasks/7");
  await first.getByRole("textbox", { name: "Path of the page of v1" }).press("Enter");
  await expect(frame.getByText("You are at /tasks/7")).toBeVisible();
  await frame.getByRole("link", { name: "Next" }).click();
  await expect(frame.getByText("You are at /next")).toBeVisible();
  await first.getByRole("button", { name: "Reload the page of v1" }).click();
  await expect(frame.getByText("You are at /tasks/7")).toBeVisible();

  await first.getByRole("button", { name: "Log", exact: true }).click();
  const log = first.getByRole("region", { name: "What v1 printed" });
  await expect(log).toContainText("line 59");
  expect(await log.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  await log.evaluate((element) => element.scrollTo(0, 0));
  await first.getByRole("textbox", { name: "Path of the page of v1" }).fill("/later");
  await first.getByRole("textbox", { name: "Path of the page of v1" }).press("Enter");
  await expect(log).toContainText("asked for /later");
  expect(await log.evaluate((element) => element.scrollTop)).toBe(0);

  await page.getByRole("radio", { name: "390" }).check();
  await expect(first.locator("iframe")).toHaveCSS("width", "390px");
  await page.getByRole("radio", { name: "Full" }).check();
  const tab = page.waitForEvent("popup");
  await first.getByRole("link", { name: "Open the page of v1 in a new tab" }).click();
  await expect((await tab).getByText("You are at /later")).toBeVisible();
  await (await tab).close();
  await first.getByRole("button", { name: "Stop the preview of v1" }).click();
  await expect(first.getByText("The preview of v1 has stopped.", { exact: true })).toBeVisible(slow);
  await expect(first.getByRole("button", { name: "Start the preview of v1" })).toBeFocused();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("keyboard only: the tab, the command, the page, its links and back, and stopping it", async ({ page, api }) => {
  const { projectId, v1 } = await importServer(api);
  await page.goto(`/p/${projectId}/g/${v1}/files`);
  await page.keyboard.press("g");
  await page.keyboard.press("v");
  const first = panel(page, 1);
  await tabTo({ page, target: first.getByRole("textbox", { name: "Command of the preview" }) });
  await page.keyboard.press("Enter");
  await expect(heading(first, 1)).toHaveText("All tasks", slow);
  await expect(first.getByRole("button", { name: "Stop the preview of v1" })).toBeFocused();
  await page.keyboard.press("/");
  await expect(first.getByRole("textbox", { name: "Path of the page of v1" })).toBeFocused();
  await page.keyboard.type("/typed");
  await page.keyboard.press("Enter");
  const frame = first.frameLocator("iframe");
  await expect(frame.getByText("You are at /typed")).toBeVisible();
  // Reload, new tab, then into the page.
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Tab");
  await expect(frame.getByRole("link", { name: "Next" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(frame.getByText("You are at /next")).toBeVisible();
  await tabTo({ page, target: first.getByRole("button", { name: "Stop the preview of v1" }), key: "Shift+Tab" });
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search and commands" })).toBeFocused();
  await page.keyboard.type("Restart the preview");
  await page.keyboard.press("Enter");
  await expect(first.getByRole("button", { name: "Cancel the preview of v1" })).toBeVisible();
  await expect(heading(first, 1)).toHaveText("All tasks", slow);
  await page.keyboard.press("s");
  await expect(first.getByText("The preview of v1 has stopped.", { exact: true })).toBeVisible(slow);
});

test("the history and the stopped preview show the page as it was when the preview was first ready", async ({
  page,
  api,
}) => {
  // A browser starts beside this one, with the lowest priority.
  test.setTimeout(300_000);
  const { projectId, v1 } = await importServer(api);
  const v2 = await edit({ api, parent: v1, content: serverOf("Open tasks") });
  const list = () =>
    api.query<{ items: { generationId: string }[]; unavailableReason: string | null }>("preview.screenshots", {
      projectId,
    });
  test.skip((await list()).unavailableReason !== null, "There is no browser for screenshots on this machine.");
  await start({ api, generationId: v2 });
  await expect.poll(async () => (await list()).items, { timeout: 240_000 }).toHaveLength(1);
  await stopAll({ api, projectId });
  await page.goto(`/p/${projectId}/g/${v2}/preview`);
  const second = panel(page, 2);
  await expect(second.getByText("The preview of v2 has stopped.", { exact: true })).toBeVisible(slow);
  const image = page.getByRole("img", { name: "Page of v2 when its preview was first ready" });
  await expect(image).toBeVisible();
  await expect(image).toHaveJSProperty("naturalWidth", 640);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/preview-stopped-screenshot.png" });

  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.goto(`/p/${projectId}/history`);
  await page.locator(`[data-version="${v2}"]`).click({ position: { x: 300, y: 14 } });
  const beside = page.getByRole("complementary", { name: "v2", exact: true });
  await expect(beside.getByRole("img")).toHaveJSProperty("naturalWidth", 640);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/history-screenshot-1600.png" });
  await page.locator(`[data-version="${v1}"]`).click({ position: { x: 300, y: 14 } });
  await expect(page.getByRole("complementary", { name: "v1", exact: true })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Page of v/ })).toHaveCount(0);
});

test("the user selects another version, and two side by side, each with its own state", async ({ page, api }) => {
  const { projectId, v1 } = await importServer(api);
  const v2 = await edit({ api, parent: v1, content: serverOf("Open tasks") });
  await start({ api, generationId: v1 });
  await page.goto(`/p/${projectId}/g/${v1}/preview`);
  await expect(heading(panel(page, 1), 1)).toHaveText("All tasks", slow);
  const versions = page.getByRole("combobox", { name: "Version", exact: true });
  await versions.selectOption(v2);
  await expect(page).toHaveURL(new RegExp(`/g/${v2}/preview$`));
  await panel(page, 2).getByRole("button", { name: "Start the preview of v2" }).click();
  await expect(heading(panel(page, 2), 2)).toHaveText("Open tasks", slow);

  await page.getByRole("combobox", { name: "Beside it" }).selectOption(v1);
  await expect(page).toHaveURL(new RegExp(`/g/${v2}/preview\\?with=${v1}$`));
  await expect(heading(panel(page, 1), 1)).toHaveText("All tasks");
  await expect(heading(panel(page, 2), 2)).toHaveText("Open tasks");
  await panel(page, 2).getByRole("textbox", { name: "Path of the page of v2" }).fill("/both");
  await panel(page, 2).getByRole("textbox", { name: "Path of the page of v2" }).press("Enter");
  for (const version of [1, 2])
    await expect(panel(page, version).frameLocator("iframe").getByText("You are at /both")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/preview-pair-1280.png" });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.screenshot({ path: "e2e/screenshots/preview-pair-1920.png" });
  await panel(page, 1).getByRole("button", { name: "Stop the preview of v1" }).click();
  await expect(panel(page, 1).getByText("The preview of v1 has stopped.", { exact: true })).toBeVisible(slow);
  await expect(heading(panel(page, 2), 2)).toHaveText("Open tasks");

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(panel(page, 2)).toBeVisible();
  await expect(panel(page, 1)).toHaveCount(0);
  await page.getByRole("radio", { name: "v1" }).check();
  await expect(panel(page, 1).getByText("The preview of v1 has stopped.", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.screenshot({ path: "e2e/screenshots/preview-pair-390.png" });
  await stopAll({ api, projectId });
});

test("on a wide window the preview is shown beside the lines, also on the next visit", async ({ page, api }) => {
  const { projectId, v1 } = await importServer(api);
  const v2 = await edit({ api, parent: v1, content: serverOf("Open tasks") });
  await start({ api, generationId: v2 });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`/p/${projectId}/g/${v2}/review`);
  const beside = page.getByRole("complementary", { name: "Preview" });
  await expect(beside).toHaveCount(0);
  await page.keyboard.press("Shift+V");
  await expect(heading(beside, 2)).toHaveText("Open tasks", slow);
  await expect(
    page
      .getByRole("region", { name: /^Differences of v2/ })
      .locator("[data-line]")
      .first(),
  ).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/preview-beside-lines.png" });
  await page.reload();
  await expect(heading(beside, 2)).toHaveText("Open tasks", slow);
  await page.getByRole("button", { name: "Preview", exact: true }).click();
  await expect(beside).toHaveCount(0);

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`/p/${projectId}/compare/${v1}...${v2}`);
  await page.getByRole("button", { name: "Preview", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/g/${v2}/preview`));
  await stopAll({ api, projectId });
});

test("a program that ends at once shows why and its output, and the user can try another command", async ({
  page,
  api,
}) => {
  const { projectId, v1 } = await importServer(api);
  const broken = await edit({
    api,
    parent: v1,
    content: 'console.log("Connecting to the tasks");\nthrow new Error("No database is configured");\n',
  });
  await start({ api, generationId: broken });
  await page.goto(`/p/${projectId}/g/${broken}/preview`);
  const second = panel(page, 2);
  await expect(second.getByText("The preview of v2 did not start.", { exact: true })).toBeVisible(slow);
  await expect(second.getByRole("region", { name: "What v2 printed" })).toContainText("No database is configured");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/preview-failed-1280.png" });
  await second.getByRole("button", { name: "Edit command" }).click();
  const command = second.getByRole("textbox", { name: "Command of the preview" });
  await expect(command).toHaveValue("npm run dev");
  await command.fill(
    'exec node -e \'require("node:http").createServer((q, r) => r.end("up")).listen(process.env.PORT)\'',
  );
  await command.press("Enter");
  await expect(second.frameLocator("iframe").getByText("up")).toBeVisible(slow);
  await stopAll({ api, projectId });
});
