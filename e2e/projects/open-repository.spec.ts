import type { Page } from "@playwright/test";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createGitClient, type GitClient } from "../../server/testing/git/git-client.ts";
import { serveRepositories, type RepositoryHost } from "../../server/testing/git/serve-repositories.ts";
import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { expect, test as base, type ProjectApi } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const directory = "e2e/screenshots/open-repository";

/** A repository `shop`, and a server for it on a loopback port. */
const test = base.extend<{ client: GitClient; host: RepositoryHost }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern
  client: async ({}, use) => {
    const client = await createGitClient();
    await client.git(["init", "--quiet", "--initial-branch=main", "shop"]);
    await commit({ client, files: { "README.md": "# Shop\n" }, message: "Begin" });
    await commit({ client, files: { "src/cart.ts": "export const cart = [];\n" }, message: "Add the cart" });
    await use(client);
    await client.remove();
  },
  host: async ({ client }, use) => {
    const host = await serveRepositories(client.directory);
    await use(host);
    await host.close();
  },
});

async function commit({
  client,
  files,
  message,
}: {
  client: GitClient;
  files: Record<string, string>;
  message: string;
}): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const target = join(client.directory, "shop", path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  await client.git(["add", "--all"], { in: "shop" });
  await client.git(["commit", "--quiet", "--message", message], { in: "shop" });
}

const addressField = (page: Page) => page.getByRole("textbox", { name: "Repository" });
const countProjects = async (api: ProjectApi) =>
  (await api.query<{ items: unknown[] }>("project.list", { limit: 1_000 })).items.length;

async function screenshotInBoth({ page, name }: { page: Page; name: string }): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectAccessible(page);
  await page.screenshot({ path: `${directory}/${name}-light.png` });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectContrast(page);
  await page.screenshot({ path: `${directory}/${name}-dark.png` });
}

test("a repository is opened by its address, and cloned back with the same commit ids", async ({
  page,
  client,
  host,
}) => {
  await page.goto("/new");
  await addressField(page).fill(`${host.url}/shop`);
  await page.getByRole("button", { name: "Open repository" }).click();
  await page.waitForURL(/\/p\/[^/]+\/g\//);
  const [, projectId = ""] = /\/p\/([^/]+)\//.exec(page.url()) ?? [];
  await page.goto(`/p/${projectId}/history`);
  const rows = page.getByRole("list", { name: "Versions" }).getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("Add the cart");
  await client.git(["clone", "--quiet", new URL(`/git/${projectId}.git`, page.url()).href, "again"]);
  expect(await client.git(["rev-list", "HEAD"], { in: "again" })).toBe(
    await client.git(["rev-list", "HEAD"], { in: "shop" }),
  );
});

test("a folder is opened with the keyboard alone; refs without a label are listed first", async ({ page, client }) => {
  for (const tag of ["one", "two", "three"]) await client.git(["tag", tag], { in: "shop" });
  await page.goto("/new");
  await tabTo({ page, target: addressField(page) });
  await page.keyboard.type(join(client.directory, "shop"));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Open shop" });
  await expect(dialog.getByText("2 versions stored.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Open project" })).toBeFocused();
  await dialog.getByText("2 names were left out").click();
  await expect(dialog.getByText("its version has another label")).toHaveCount(2);
  await screenshotInBoth({ page, name: "left-out" });
  await dialog.getByRole("button", { name: "Open project" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/p\/[^/]+\/g\//);
});

test("an import shows its progress, and one that is cancelled during the fetch stores nothing", async ({
  page,
  api,
  host,
}) => {
  const before = await countProjects(api);
  // The server accepts the fetch and never sends a pack.
  host.intercept((message) => message.method === "POST");
  await page.goto("/new");
  await addressField(page).fill(`${host.url}/shop`);
  await addressField(page).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Open shop" });
  await expect(dialog.getByRole("progressbar", { name: "Fetching the repository" })).toBeVisible();
  await screenshotInBoth({ page, name: "progress" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  expect(await countProjects(api)).toBe(before);
});

test("an error says what to do, and the import is retried", async ({ page, client, host }) => {
  await page.goto("/new");
  await addressField(page).fill(`${host.url}/later`);
  await page.getByRole("button", { name: "Open repository" }).click();
  const dialog = page.getByRole("dialog", { name: "Open later" });
  await expect(dialog.getByRole("alert")).toContainText("There is no repository at this address. Check it.");
  await screenshotInBoth({ page, name: "error" });
  await client.git(["clone", "--quiet", "--bare", "shop", "later"]);
  await dialog.getByRole("button", { name: "Retry" }).click();
  await page.waitForURL(/\/p\/[^/]+\/g\//);
});

test("a history that Graft cannot hold is refused with the commit, and opened without its history", async ({
  page,
  client,
  host,
}) => {
  const id = await client.git(["rev-parse", "HEAD"], { in: "shop" });
  await client.git(["update-index", "--add", "--cacheinfo", `160000,${id},lib`], { in: "shop" });
  await client.git(["commit", "--quiet", "--message", "Add a library"], { in: "shop" });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/new");
  await addressField(page).fill(`${host.url}/shop`);
  await page.getByRole("button", { name: "Open repository" }).click();
  const dialog = page.getByRole("dialog", { name: "Open shop" });
  await expect(dialog.getByRole("alert")).toContainText('"Add a library": "lib" cannot be in a project');
  await screenshotInBoth({ page, name: "refused" });
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("1 version stored.")).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole("button", { name: "Open project" }).click();
  await page.waitForURL(/\/p\/[^/]+\/g\//);
  await expect(page.getByText("2 files: 2 added").first()).toBeVisible();
});

test("a bundle is chosen as a file, and becomes a project with its history", async ({ page, client }) => {
  await client.git(["bundle", "create", "--quiet", "../shop.bundle", "--all", "HEAD"], { in: "shop" });
  await page.goto("/");
  await page.getByLabel("Zip or bundle to import").first().setInputFiles(join(client.directory, "shop.bundle"));
  await page.waitForURL(/\/p\/[^/]+\/g\//);
  await expect(page.getByText("Add the cart").first()).toBeVisible();
});
