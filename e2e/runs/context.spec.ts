import { expectAccessible } from "../support/expect-accessible.ts";
import { choose, expect, finish, test, writeFile } from "../support/fixtures.ts";

const functionOf = (name: string) => `def ${name}():\n${"    value = 1\n".repeat(12)}    return value\n\n\n`;

/** 300 small files, one large one, and the project's own rules: more than fits in the first request. */
const files: Record<string, string> = {
  "AGENTS.md": "Write British English in messages.\n",
  "app/invoice.py": "class Invoice:\n    total: int\n\n    def discount(self):\n        return 0\n",
  "app/ledger.py": Array.from({ length: 400 }, (_, at) => functionOf(at === 200 ? "close_ledger" : `entry_${at}`)).join(
    "",
  ),
  ...Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`app/area_${at % 10}/module_${at}.py`, functionOf(`part_${at}`).repeat(3)]),
  ),
};

test("the request is previewed before sending, and shown with the version afterwards", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Context", files });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await page.getByLabel("What should change").fill("Closing the ledger applies the discount of each invoice");
  await choose({ page, label: "Model", option: /scripted/i });
  await page.getByText("Context to send").press("Enter");
  const preview = page.getByRole("region", { name: "Context to send" });
  await expect(preview.getByRole("row", { name: /app\/invoice\.py in full/ })).toBeVisible();
  await expect(preview.getByRole("row", { name: /app\/ledger\.py lines/ })).toBeVisible();
  await expect(preview).toContainText("Project rules");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/context-before.png" });

  model.play({ toolCalls: [writeFile("app/close.py", "CLOSED = True\n"), finish("Closed.")] });
  await choose({ page, label: "Mode", option: "Classic" });
  await page.getByLabel("What should change").press("ControlOrMeta+Enter");
  await expect(page.getByRole("heading", { name: /v2 is stored/ })).toBeVisible();
  await page.goto(`/p/${projectId}/g/${(await api.readHead(projectId)) ?? ""}`);
  await page.locator("summary").filter({ hasText: "Context sent" }).press("Enter");
  const receipt = page.getByRole("region", { name: "Context sent" });
  await expect(receipt.getByRole("row", { name: /app\/invoice\.py in full/ })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/context-after.png" });
});
