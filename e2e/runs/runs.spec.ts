import { expectAccessible } from "../support/expect-accessible.ts";
import {
  choose,
  createGate,
  expect,
  finish,
  scriptedModel,
  test,
  writeFile,
  type ModelScript,
  type ProjectApi,
} from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const files = {
  "app/long.py": `${Array.from({ length: 40 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`,
  "app/main.py": "x = 1\n",
};
const shrink = { toolCalls: [writeFile("app/long.py", "def function_0():\n    return 0\n"), finish("Tidied.")] };

/** Starts a run whose model waits until the test releases it. */
async function startWaiting({
  api,
  model,
  parentGenerationId,
  prompt,
  reply,
}: {
  api: ProjectApi;
  model: ModelScript;
  parentGenerationId: string;
  prompt: string;
  reply: Parameters<ModelScript["play"]>[0];
}): Promise<{ runId: string; letGo: () => void }> {
  const gate = createGate();
  model.answer(async () => {
    await gate.opened;
    return reply;
  });
  const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
    parentGenerationId,
    prompt,
    model: scriptedModel,
    mode: "classic",
  });
  return { runId, letGo: gate.open };
}

test("a run without a version is found from the project, from the project list and from the run list", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Found again", files });
  model.play({ toolCalls: [writeFile("app/new.py", "y = 2\n"), finish("Added.")] });
  await api.iterate({ parentGenerationId: generationId, prompt: "Add new.py" });
  model.play(shrink);
  const { runId } = await api.iterate({ parentGenerationId: generationId, prompt: "Tidy up" });

  await page.goto(`/p/${projectId}`);
  await page.getByRole("main").getByRole("link", { name: "1 run waits for you" }).click();
  await expect(page.getByRole("heading", { name: /Needs your decision/ })).toBeVisible();

  await page.goto("/");
  await page
    .getByRole("row", { name: /Found again/ })
    .getByRole("link", { name: "1 run waits for you" })
    .click();
  await page.waitForURL(`**/p/${projectId}/runs/${runId}`);

  const thread = page.getByRole("region", { name: "Thread" });
  const ofThread = thread.getByRole("list", { name: "What happened" }).getByRole("listitem");
  await expect(ofThread).toHaveCount(3);
  await thread.getByRole("button", { name: "Runs 1 waiting for you" }).click();
  await expect(ofThread).toHaveText([/^Needs your decision.*Tidy up/]);
  await thread.getByRole("button", { name: "Runs 1 waiting for you" }).click();
  await expect(ofThread).toHaveCount(3);
  await page.goto(`/p/${projectId}/runs`);
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText(/Needs your decision.*Tidy up.*no version/);
  await expect(rows.nth(2)).toContainText(/Done.*Add new\.py.*v2.*compatible:scripted.*in,.*out/);
  await expectAccessible(page);
  await choose({ page, label: "Status", option: "Needs your decision" });
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("Tidy up");
  await page.screenshot({ path: "e2e/screenshots/runs-filtered.png" });
  await choose({ page, label: "Status", option: "Cancelled" });
  await expect(page.getByText("No run is in this state.")).toBeVisible();
  await page.getByRole("button", { name: "Show all runs" }).click();
  await expect(rows).toHaveCount(3);
  await rows.nth(2).getByRole("link", { name: "v2" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^v2/ })).toBeVisible();
  await page.goBack();
  await rows.nth(1).getByRole("link", { name: "Tidy up" }).click();
  await page.waitForURL(`**/p/${projectId}/runs/${runId}`);

  // By keyboard alone: the palette.
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type("Runs");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
});

test("the tab Changes exists if there are changes", async ({ page, api }) => {
  const { projectId, generationId: v1 } = await api.importProject({ name: "Tabs", files });
  const { generationId: v2 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: v1,
    changeSet: { operations: [{ type: "write", path: "app/main.py", content: "x = 2\n" }] },
  });
  const tab = page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Changes" });
  const current = page.getByRole("navigation", { name: "Project" }).locator("[aria-current=page]");
  await page.goto(`/p/${projectId}/history`);
  await tab.click();
  await page.waitForURL(`**/g/${v2}/review`);
  await expect(current).toHaveText("Changes");
  await page.goto(`/p/${projectId}/g/${v1}`);
  await expect(page.getByRole("heading", { level: 1, name: "v1" })).toBeVisible();
  await expect(tab).toHaveCount(0);
  await page.goto(`/p/${projectId}/compare/${v2}...${v1}`);
  await expect(current).toHaveText("Changes");
  await page.goto(`/p/${projectId}/compare/${v1}...${v2}`);
  await expect(current).toHaveText("Changes");
  await current.click();
  await page.waitForURL(`**/g/${v2}/review`);
});

test("the end of a run is announced on every other page, with a link", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Told", files });
  const start = async (prompt: string, reply: Parameters<ModelScript["play"]>[0]) => {
    const { runId, letGo } = await startWaiting({ api, model, parentGenerationId: generationId, prompt, reply });
    await page.goto(`/p/${projectId}/runs/${runId}`);
    await expect(page.getByRole("button", { name: "Cancel run" })).toBeVisible();
    return { runId, letGo };
  };
  const tab = (name: string) => page.getByRole("navigation", { name: "Project" }).getByRole("link", { name });

  const stored = await start("Add new.py", { toolCalls: [writeFile("app/new.py", "y = 2\n"), finish("Added.")] });
  await tab("History").click();
  await expect(page.getByRole("heading", { level: 1, name: "History" })).toBeVisible();
  stored.letGo();
  await expect(page.getByText("v2 is stored. 3 files: 2 kept, 1 added")).toBeVisible();
  await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(2);
  await page.screenshot({ path: "e2e/screenshots/run-end-toast.png" });
  await page.getByRole("button", { name: "Review" }).click();
  await page.waitForURL(/\/review$/);

  const held = await start("Tidy up", shrink);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  held.letGo();
  await page.getByRole("button", { name: "Decide" }).click();
  await page.waitForURL(`**/runs/${held.runId}`);

  const failed = await start("Do it", { text: "I cannot see what you mean." });
  await tab("Files").click();
  await expect(page.getByRole("heading", { level: 1, name: /^Files/ })).toBeVisible();
  failed.letGo();
  await page.getByRole("button", { name: "See why" }).click();
  await page.waitForURL(`**/runs/${failed.runId}`);
  await expect(page.getByText(/I cannot see what you mean/).first()).toBeVisible();

  // Its own page shows it, and needs no toast.
  const own = await start("Add other.py", { toolCalls: [writeFile("app/other.py", "z = 3\n"), finish("Added.")] });
  own.letGo();
  await expect(page.getByRole("heading", { name: /v3 is stored/ })).toBeVisible();
  await tab("History").click();
  await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(3);
  await expect(page.getByText(/^v3 is stored\. /)).toHaveCount(0);
});

test("the system announces the end of a run whose page is not visible, once the user enabled it", async ({
  page,
  context,
  api,
  model,
}) => {
  await context.grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    const shown: string[] = [];
    class RecordedNotification extends EventTarget {
      static permission = "default";
      static async requestPermission() {
        return (RecordedNotification.permission = "granted");
      }
      constructor(title: string) {
        super();
        shown.push(title);
      }
      close() {}
    }
    Object.assign(window, { Notification: RecordedNotification, shownNotifications: shown });
  });
  const readShown = () =>
    page.evaluate(() => (window as unknown as { shownNotifications: string[] }).shownNotifications);
  const { projectId, generationId } = await api.importProject({ name: "Notified", files });
  const { runId, letGo } = await startWaiting({
    api,
    model,
    parentGenerationId: generationId,
    prompt: "Add new.py",
    reply: { toolCalls: [writeFile("app/new.py", "y = 2\n"), finish("Added.")] },
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  const notice = page.getByRole("switch", { name: "Notify me when it ends" });
  await expect(notice).not.toBeChecked();
  await tabTo({ page, target: notice });
  await page.keyboard.press("Space");
  await expect(notice).toHaveAttribute("aria-checked", "true");
  await page.screenshot({ path: "e2e/screenshots/run-notify.png" });
  await page.evaluate(() =>
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true }),
  );
  letGo();
  await expect.poll(readShown).toEqual(["v2 is stored. 3 files: 2 kept, 1 added"]);
});
