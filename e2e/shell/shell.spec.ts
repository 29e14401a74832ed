import { expectAccessible } from "../support/expect-accessible.ts";
import { choose, createGate, expect, test } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const files = { "a.txt": "a\n" };

test("archive a project, undo it, and restore it from the archive, by mouse", async ({ page, api }) => {
  const { projectId } = await api.importProject({ name: "To be archived", files });
  const archive = async () => {
    await page.getByRole("button", { name: "Actions for To be archived" }).click();
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  };
  await page.goto("/");
  await archive();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("To be archived is in the list again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Actions for To be archived" })).toBeVisible();
  await archive();
  await expect(page.getByRole("button", { name: "Actions for To be archived" })).toHaveCount(0);
  await page.getByRole("button", { name: "Show archived" }).click();
  const archived = page.getByRole("list", { name: "Archived projects" });
  await expect(archived).toContainText("To be archived");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/archived-projects.png" });
  expect((await api.query<{ archivedAt: string | null }>("project.get", { projectId })).archivedAt).not.toBeNull();
  await archived.getByRole("button", { name: "Bring back To be archived" }).click();
  await expect(page.getByRole("button", { name: "Actions for To be archived" })).toBeVisible();
  expect((await api.query<{ archivedAt: string | null }>("project.get", { projectId })).archivedAt).toBeNull();
});

test("palette, key list and navigation with the keyboard alone; single keys can be switched off", async ({
  page,
  api,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Known by keys", files });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("v1");
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.waitForURL("**/history");
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await page.waitForURL("**/files");
  await page.keyboard.press("Shift+?");
  const help = page.getByRole("dialog", { name: "Keys" });
  await expect(help).toContainText("Go to file");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/keys.png" });
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByPlaceholder("Go to a project or page")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("new file");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/edit");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("settings");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/settings");

  await tabTo({ page, target: page.getByRole("switch", { name: "Single-key shortcuts" }) });
  await page.keyboard.press("Space");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await page.keyboard.press("Shift+?");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByPlaceholder("Go to a project or page")).toBeFocused();
  await expect(help).toHaveCount(0);
  expect(page.url()).toMatch(/\/settings$/);
});

test("code that fails to load shows an error with a retry, and the page stays", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Away", files });
  await page.goto(`/p/${projectId}/g/${generationId}?iterate=1`);
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await prompt.fill("Add a list");
  const missing = page.getByRole("alert").filter({ hasText: "Part of this page failed to load" });
  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  await page.keyboard.press("ControlOrMeta+k");
  await expect(missing).toBeVisible();
  await expect(prompt).toHaveValue("Add a list");
  await page.unroute("**/_next/static/chunks/**");
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByPlaceholder("Go to a project or page")).toBeFocused();
  await expect(missing).toHaveCount(0);
  await page.keyboard.press("Escape");

  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  await page.getByRole("button", { name: "More for v1" }).click();
  await expect(missing).toBeVisible();
  await page.unroute("**/_next/static/chunks/**");
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expect(prompt).toHaveValue("Add a list");
});

test("the settings show what is configured and missing, and the model of new prompts", async ({ page, model, api }) => {
  model.play({ text: "" });
  await page.goto("/settings");
  const keys = page.getByRole("list", { name: "Provider keys" }).getByRole("listitem");
  await expect(keys.filter({ hasText: "ANTHROPIC_API_KEY" })).toContainText("missing");
  await expect(keys.filter({ hasText: "OPENAI_COMPATIBLE_API_KEY" })).toContainText("no key");
  await expect(keys.filter({ hasText: "OPENAI_API_KEY" })).toContainText("environment");
  await expect(keys.filter({ hasText: "ANTHROPIC_API_KEY" }).getByRole("button")).toHaveCount(1);
  model.play({ text: "OK" });
  await page.getByRole("button", { name: "Test OpenAI-compatible server" }).click();
  await expect(keys.filter({ hasText: "OPENAI_COMPATIBLE_API_KEY" })).toContainText(/answered “OK” in \d/);
  model.play({ status: 401, body: { error: { message: "No such key." } } });
  await page.getByRole("button", { name: "Test OpenAI-compatible server" }).click();
  await expect(keys.filter({ hasText: "OPENAI_COMPATIBLE_API_KEY" })).toContainText('It said: "No such key."');
  await choose({ page, label: "Model for new prompts, in this browser", option: /scripted/ });
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/settings.png", fullPage: true });
  await page.goto("/new");
  await expect(page.getByRole("combobox", { name: "Model" })).toContainText("scripted");

  const { projectId, generationId } = await api.importProject({ name: "Looked at", files });
  const { generationId: second } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: { operations: [{ type: "write", path: "a.txt", content: "b\n" }] },
  });
  await page.goto("/settings");
  await choose({ page, label: "View", option: "Unified" });
  await page.goto(`/p/${projectId}/g/${second}/review`);
  await expect(page.getByRole("button", { name: "Split" })).toBeVisible();
  await page.goto(`/p/${projectId}/g/${second}/review?view=split`);
  await expect(page.getByRole("button", { name: "Unified" })).toBeVisible();
});

test("a first project needs no key: an example, an example change, then the review; drafts are kept", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto("/new");
  await expect(page.getByText("Write a prompt first.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create project" })).toBeDisabled();
  await page.getByRole("region", { name: "Examples" }).getByRole("button").first().click();
  await page.keyboard.press("Tab");
  await page.getByRole("textbox", { name: "Prompt" }).press("ControlOrMeta+Enter");
  await expect(page.getByText(/v1 is stored/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Next: describe a change.")).toBeVisible();
  await page
    .getByRole("region", { name: /v1 is stored/ })
    .getByRole("button", { name: "Iterate" })
    .click();
  await expect(page.getByLabel("What should change")).toBeFocused();
  const prompt = page.getByLabel("What should change");
  await page.getByRole("button", { name: /^Add a notes field to/ }).click();
  await expect(prompt).toHaveValue(/^Add a notes field to/);
  await page.reload();
  await expect(prompt).toHaveValue(/^Add a notes field to/);
  await prompt.press("ControlOrMeta+Enter");
  await expect(page.getByText(/v2 is stored/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Next: review the changes.")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/first-iteration.png" });
  await page.getByRole("link", { name: "Review changes" }).click();
  await page.waitForURL("**/review**");
});

test("keys are remapped, and the appearance of code is changed, with the keyboard alone", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({ name: "Own keys", files });
  const { generationId: second } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: {
      operations: [
        { type: "write", path: "a.txt", content: "b\n" },
        { type: "write", path: "b.txt", content: "c\n" },
      ],
    },
  });
  await page.goto("/settings");
  await tabTo({ page, target: page.getByLabel("Code size") });
  await page.keyboard.type("16");
  await tabTo({ page, target: page.getByLabel("New key") });
  await page.keyboard.type("k");
  await expect(page.getByText("k already does something. Change that one first.")).toBeVisible();
  await page.keyboard.press("Backspace");
  await page.keyboard.type("d");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Changed keys" })).toContainText("d in place of j");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/settings-keys.png", fullPage: true });

  await page.goto(`/p/${projectId}/g/${second}/review`);
  const line = page
    .getByRole("region", { name: /Differences of v2/ })
    .locator("[data-line]")
    .first();
  await expect(line).toHaveCSS("font-size", "16px");
  await page.keyboard.press("j");
  await page.keyboard.press("d");
  await expect(page).toHaveURL(/file=a\.txt/);
  await page.keyboard.press("d");
  await expect(page).toHaveURL(/file=b\.txt/);

  await page.goto("/settings");
  await tabTo({ page, target: page.getByRole("button", { name: "Reset j, now d" }) });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Changed keys" })).toHaveCount(0);
});

test("a file is mentioned in the prompt after an @, by keyboard and by mouse", async ({ page, api }) => {
  const { projectId, generationId } = await api.importProject({
    name: "Mentions",
    files: { "app/models.py": "x = 1\n", "app/routes.py": "y = 1\n" },
  });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  const prompt = page.getByRole("textbox", { name: "What should change" });
  const offered = page.getByRole("listbox", { name: "Files" }).getByRole("option");
  await prompt.pressSequentially("Change @rou");
  await expect(offered).toHaveText(["app/routes.py"]);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/mention.png" });
  await page.keyboard.press("Enter");
  await expect(prompt).toHaveValue("Change @app/routes.py ");
  await prompt.pressSequentially("and @");
  await offered.filter({ hasText: "app/models.py" }).click();
  await expect(prompt).toHaveValue("Change @app/routes.py and @app/models.py ");
  await expect(prompt).toBeFocused();
  await prompt.pressSequentially("@mod");
  await page.keyboard.press("Escape");
  await expect(offered).toHaveCount(0);
});

test("a file is offered also if the user mentions it before the version has loaded", async ({ page, api }) => {
  const { generationId } = await api.importProject({ name: "Early mention", files: { "app/routes.py": "y = 1\n" } });
  const version = createGate();
  await page.route("**/api/trpc/*generation.summary*", async (route) => {
    await version.opened;
    await route.continue();
  });
  // Within the product, the browser loads what a first visit has in its page.
  await page.goto("/");
  await page.getByRole("table", { name: "Projects" }).getByRole("link", { name: "Early mention" }).click();
  await expect(page).toHaveURL(new RegExp(generationId));
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await prompt.pressSequentially("Change @rou");
  const offered = page.getByRole("listbox", { name: "Files" }).getByRole("option");
  await expect(offered).toHaveCount(0);
  version.open();
  await expect(offered).toHaveText(["app/routes.py"]);
});

test("the user is told of unsent text that the browser cannot store, and asked before it is lost", async ({
  page,
  api,
}) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  });
  const { projectId, generationId } = await api.importProject({ name: "No room", files });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await prompt.pressSequentially("Add a due date");
  await expect(page.getByText("This browser does not store your unsent text")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/unstored-text.png" });

  // Within the product, the text stays.
  await page.getByRole("link", { name: "Projects" }).first().click();
  await page.getByRole("table", { name: "Projects" }).getByRole("link", { name: "No room" }).click();
  await expect(prompt).toHaveValue("Add a due date");

  const asking = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asking;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await expect(prompt).toHaveValue("Add a due date");
});

test("the filter finds a project of a later page and an archived one; by mouse", async ({ page, api }) => {
  await api.importProject({ name: "Orchard under the hill", files });
  const archived = await api.importProject({ name: "Hill station", files });
  await api.mutate("project.archive", { projectId: archived.projectId });
  // A page of the list has 100.
  for (let count = 0; count < 101; count += 1) await api.importProject({ name: `Newer ${count}`, files });
  await page.goto("/?archived=true");
  const table = page.getByRole("table", { name: "Projects" });
  await expect(table.getByRole("row", { name: /Newer 100/ })).toBeVisible();
  await expect(table.getByText("Orchard under the hill")).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Filter projects" }).fill("hill orchard");
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table).toContainText("Orchard under the hill");
  await expect(page.getByText("1 project found")).toBeAttached();
  await expect(page.getByText("No archived project matches.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter projects" }).fill("hill station");
  await expect(page.getByText("No project matches.")).toBeVisible();
  await expect(page.getByRole("list", { name: "Archived projects" }).getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear filter" }).click();
  await expect(table.getByRole("row")).toHaveCount(101);
});

test("the rail and the palette list the pinned projects and those opened last, also ones that have not changed for long", async ({
  page,
  api,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Opened after long", files });
  // The rail lists 12.
  for (let count = 0; count < 13; count += 1) await api.importProject({ name: `Changed since ${count}`, files });
  const rail = page.getByRole("navigation", { name: "Main" });
  const listed = rail.getByRole("listitem");
  await page.goto("/");
  await expect(listed.first()).toContainText("Changed since 12");
  await expect(rail.getByRole("link", { name: "Opened after long" })).toHaveCount(0);
  await page.goto(`/p/${projectId}/g/${generationId}/files`);
  await expect(listed.first()).toContainText("Opened after long");
  await expect(listed.first().getByRole("link")).toHaveAttribute("aria-current", "true");
  await page.screenshot({ path: "e2e/screenshots/recent-rail.png" });

  await page.getByRole("link", { name: "Projects", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  await expect(listed.first()).toContainText("Opened after long");
  await choose({ page, label: "Order", option: "Last opened first" });
  await expect(page.getByRole("table", { name: "Projects" }).getByRole("row").nth(1)).toContainText(
    "Opened after long",
  );
  await page.keyboard.press("ControlOrMeta+k");
  const projects = page.getByRole("dialog").getByRole("group", { name: "Projects" }).getByRole("option");
  await expect(projects.first()).toContainText("Opened after long");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/recent-palette.png" });
  await page.keyboard.press("Escape");

  const choosePin = async (name: string) => {
    await page.getByRole("button", { name: "Actions for Changed since 12" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  await choosePin("Pin to sidebar");
  await expect(listed.first()).toContainText("Changed since 12");
  await expect(rail.getByRole("heading")).toHaveText(["Pinned", "Recent"]);
  await page.reload();
  await expect(listed.nth(1)).toContainText("Opened after long");
  await page.screenshot({ path: "e2e/screenshots/pinned-rail.png" });
  await choosePin("Unpin");
  await expect(listed.first()).toContainText("Opened after long");
  await expect(rail.getByRole("heading")).toHaveText(["Recent"]);
});

test("in a browser where no model was chosen, an imported project is not changed by the built-in generator", async ({
  page,
  api,
}) => {
  const imported = await api.importProject({ name: "Own code", files });
  const model = page.getByRole("combobox", { name: "Model" });
  await page.goto(`/p/${imported.projectId}/g/${imported.generationId}/files`);
  await expect(model).toHaveValue(/^openai:/);

  // A project that the generator made stays with it.
  const { projectId, runId } = await api.mutate<{ projectId: string; runId: string }>("generation.create", {
    prompt: "A shop with products. A product has a name.",
    mode: "classic",
  });
  await api.waitForRun(runId);
  await page.goto(`/p/${projectId}`);
  await expect(model).toHaveValue("builtin:scaffold");
});

test("an error shows the request's id, as in the response header, and copies it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const answer = page.waitForResponse(/generation\.get/);
  await page.goto("/p/none/g/none");
  const id = (await (await answer).headerValue("x-request-id")) ?? "";
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  const alert = page.locator("main").getByRole("alert").filter({ hasText: id }).first();
  await alert.getByRole("button", { name: `request ${id}` }).click();
  await expect(page.getByText("The request's id is copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id);
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/error-request-id.png" });
});
