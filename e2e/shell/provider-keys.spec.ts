import { expectAccessible } from "../support/expect-accessible.ts";
import { expect, test } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const secret = "sk-zebra-pasted-in-the-browser";

test("a key is pasted, tested and removed by mouse; its models are available at once, and it is never shown", async ({
  page,
  model,
}) => {
  const answers: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/trpc/"))
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      );
  });
  await page.goto("/settings");
  const row = page.getByRole("list", { name: "Provider keys" }).getByRole("listitem").filter({ hasText: "Anthropic" });
  const haiku = page
    .getByRole("list", { name: "Models" })
    .getByRole("listitem")
    .filter({ hasText: "Claude Haiku 5.5" });
  await expect(haiku).toContainText("not available");
  await row.getByRole("button", { name: "Paste the key of Anthropic" }).click();
  const field = page.getByLabel("API key of Anthropic");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("type", "password");
  await field.fill("two words");
  await page.getByRole("button", { name: "Save key" }).click();
  await expect(row.getByRole("alert")).toContainText("A key has neither spaces nor line breaks");
  await expectAccessible(page);
  await field.fill(secret);
  await page.screenshot({ path: "e2e/screenshots/paste-key.png" });
  await page.getByRole("button", { name: "Save key" }).click();
  await expect(row).toContainText("Key stored.");
  await expect(row).toContainText("stored");
  await expect(haiku).toContainText("available");
  await expect(haiku).not.toContainText("not available");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/stored-key.png" });
  await page.reload();
  await expect(row).toContainText("pasted");
  expect(await page.content()).not.toContain("zebra");
  expect(answers.join("")).not.toContain("zebra");
  await row.getByRole("button", { name: "Remove the key of Anthropic" }).click();
  await row.getByRole("button", { name: "Keep it" }).click();
  await expect(row).toContainText("stored");
  await row.getByRole("button", { name: "Remove the key of Anthropic" }).click();
  await row.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(row).toContainText("missing");
  await expect(haiku).toContainText("not available");

  // A self-hosted server receives the key from the next call on.
  let authorization: string | undefined;
  model.answer((request) => {
    authorization = request.headers["authorization"];
    return { text: "OK" };
  });
  const own = page.getByRole("list", { name: "Provider keys" }).getByRole("listitem").filter({ hasText: "compatible" });
  await own.getByRole("button", { name: /^Paste/ }).click();
  await page.getByLabel("API key of OpenAI-compatible server").fill(secret);
  await page.keyboard.press("Enter");
  await expect(own).toContainText("Key stored.");
  await own.getByRole("button", { name: /^Test/ }).click();
  await expect(own).toContainText(/answered “OK” in \d/);
  expect(authorization).toBe(`Bearer ${secret}`);
  await own.getByRole("button", { name: /^Remove/ }).click();
  await own.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(own).toContainText("no key");
});

test("pasting a key is cancelled, and a key is pasted and removed, by keyboard alone", async ({ page }) => {
  await page.goto("/settings");
  const row = page.getByRole("list", { name: "Provider keys" }).getByRole("listitem").filter({ hasText: "Anthropic" });
  const paste = row.getByRole("button", { name: "Paste the key of Anthropic" });
  await tabTo({ page, target: paste });
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("API key of Anthropic")).toBeFocused();
  await page.keyboard.type("sk-half");
  await page.keyboard.press("Escape");
  await expect(paste).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("API key of Anthropic")).toHaveValue("");
  await page.keyboard.type(secret);
  await page.keyboard.press("Enter");
  await expect(row.getByRole("button", { name: "Replace the key of Anthropic" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(row.getByRole("button", { name: "Remove", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row).toContainText("Key removed.");
  await expect(paste).toBeFocused();
});
