import type { Page } from "@playwright/test";
import { buildPng } from "../../server/testing/small-images.ts";
import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import {
  choose,
  createGate,
  expect,
  finish,
  scriptedModel,
  test,
  writeFile,
  type ModelScript,
} from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const files = { "src/page.ts": "export const title = 'Page';\n" };
const png = Buffer.from(buildPng({ width: 640, height: 360 }));

/** Pastes or drops a file like the browser; a text file has text data beside it only if the case says so. */
async function give({
  page,
  how,
  name,
  type,
  bytes,
}: {
  page: Page;
  how: "paste" | "drop";
  name: string;
  type: string;
  bytes: Buffer;
}): Promise<void> {
  await page.getByRole("textbox", { name: "What should change" }).evaluate(
    (field, given) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], given.name, { type: given.type }));
      field.dispatchEvent(
        given.how === "paste"
          ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    },
    { how, name, type, base64: bytes.toString("base64") },
  );
}

/** Answers each request with a new file. Returns a function that reads the body of the last request. */
function answerWithPicture(model: ModelScript): () => string {
  let body = "";
  model.answer((request) => {
    body = JSON.stringify(request.body);
    return { toolCalls: [writeFile("src/picture.ts", "export {};\n"), finish("Made it so.")] };
  });
  return () => body;
}

test("images and texts are pasted, dropped and chosen, sent in the vendor's format, and shown with the run", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "With a picture", files });
  const readBody = answerWithPicture(model);
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await choose({ page, label: "Model", option: /Sol/ });
  const attached = page.getByRole("region", { name: "Thread" }).getByRole("list", { name: "Attachments" });
  await give({ page, how: "paste", name: "image.png", type: "image/png", bytes: png });
  await expect(attached.getByRole("listitem")).toHaveCount(1);
  await give({ page, how: "drop", name: "logo.svg", type: "image/svg+xml", bytes: Buffer.from("<svg/>") });
  await expect(attached.getByRole("listitem")).toHaveCount(2);
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (
    await choosing
  ).setFiles([
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Blue, please.\n") },
    { name: "long.txt", mimeType: "text/plain", buffer: Buffer.alloc(300_000, 97) },
  ]);
  await expect(attached.getByRole("listitem")).toHaveCount(3);
  await expect(page.getByText("long.txt was not attached: a text has at most 200 kB.")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/attachments-composer.png" });
  await attached.getByRole("button", { name: "Remove logo.svg" }).click();
  await expect(attached.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("textbox", { name: "What should change" }).fill("Make the page look like this");
  await page.getByRole("button", { name: "Iterate" }).click();
  await page.waitForURL("**/runs/**");
  const shown = page.getByRole("main").getByRole("list", { name: "Attachments" }).last();
  await expect(shown.getByRole("listitem")).toHaveCount(2);
  await expect(shown).toContainText("640 × 360");
  await expect(shown.locator("img")).toHaveJSProperty("naturalWidth", 640);
  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible();
  expect(readBody()).toContain(`data:image/png;base64,${png.toString("base64")}`);
  expect(readBody()).toContain("Blue, please.");
  expect(readBody()).not.toContain("<svg/>");
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.screenshot({ path: "e2e/screenshots/attachments-run.png" });

  const href = (await shown.getByRole("link").first().getAttribute("href")) ?? "";
  const response = await page.request.get(href);
  expect(response.headers()).toMatchObject({
    "content-type": "image/png",
    "content-disposition": "attachment; filename*=UTF-8''image.png",
    "x-content-type-options": "nosniff",
  });
  expect(response.headers()["content-security-policy"]).toContain("sandbox");
});

test("files are attached and removed by keyboard, and a model without images says so and keeps the prompt", async ({
  page,
  api,
}) => {
  // From the start, because a key is faster than the browser's interception of the file chooser.
  const choosing = page.waitForEvent("filechooser");
  const { projectId, generationId } = await api.importProject({ name: "Attached by keys", files });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await choose({ page, label: "Model", option: /scripted/ });
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("i");
  await page.keyboard.type("Make it so");
  await tabTo({ page, target: page.getByRole("button", { name: "Attach files" }), key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await (await choosing).setFiles([{ name: "sketch.png", mimeType: "image/png", buffer: png }]);
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await expect(page.getByRole("button", { name: "Remove sketch.png" })).toBeVisible();
  await prompt.press("ControlOrMeta+Enter");
  await expect(page.getByRole("alert").filter({ hasText: "is not known to take images" })).toBeVisible();
  await expect(prompt).toHaveValue("Make it so");
  await tabTo({ page, target: page.getByRole("button", { name: "Remove sketch.png" }), key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Remove sketch.png" })).toHaveCount(0);
});

test("attachments are sent with a question, and are in the thread beside it", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Asked with a picture", files });
  let body = "";
  model.answer((request) => {
    body = JSON.stringify(request.body);
    return { text: "It shows a page." };
  });
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await choose({ page, label: "Model", option: /Sol/ });
  await page.getByRole("group", { name: "What to do" }).getByText("Ask", { exact: true }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (
    await choosing
  ).setFiles([
    { name: "sketch.png", mimeType: "image/png", buffer: png },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Blue, please.\n") },
    { name: "more.txt", mimeType: "text/plain", buffer: Buffer.from("And green.\n") },
  ]);
  await page.getByRole("textbox", { name: "Your question" }).fill("What does it show?");
  await page.getByText("Context to send").click();
  await expect(page.getByRole("region", { name: "Context to send" })).toContainText(/Attachment: sketch\.png \d+/);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.waitForURL("**/runs/**");
  await expect(page.getByRole("region", { name: "Answer", exact: true })).toContainText("It shows a page.");
  expect(body).toContain(`data:image/png;base64,${png.toString("base64")}`);
  const entry = page.getByRole("list", { name: "What happened" }).getByRole("listitem").filter({ hasText: "Answered" });
  const attached = entry.getByRole("list", { name: "Attached" });
  await expect(attached).toContainText("sketch.png");
  await expect(attached).toContainText("and 1 more");
  await expect(attached.locator("img")).toHaveJSProperty("naturalWidth", 640);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.screenshot({ path: "e2e/screenshots/attachments-thread.png" });
});

test("files pasted one right after the other are all attached, also to a prompt that is sent at once", async ({
  page,
  api,
  model,
}) => {
  const { projectId, generationId } = await api.importProject({ name: "Pasted in a hurry", files });
  const readBody = answerWithPicture(model);
  await page.goto(`/p/${projectId}/g/${generationId}`);
  await choose({ page, label: "Model", option: /Sol/ });
  const prompt = page.getByRole("textbox", { name: "What should change" });
  await prompt.fill("Use all of these");
  await prompt.evaluate(async (field) => {
    for (const name of ["first", "second", "third"]) {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([`The ${name} text. `.repeat(5_000)], `${name}.txt`, { type: "text/csv" }));
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }
    await new Promise((resolve) => setTimeout(resolve));
    field.closest("form")?.requestSubmit();
  });
  await page.waitForURL("**/runs/**");
  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible();
  for (const name of ["first", "second", "third"]) expect(readBody()).toContain(`The ${name} text.`);
});

test("a file attached while the first version is being made is still attached when that is stored", async ({
  page,
  api,
  model,
}) => {
  const first = createGate();
  model.answer(async () => {
    await first.opened;
    return { toolCalls: [writeFile("src/page.ts", "export {};\n"), finish("Made it.")] };
  });
  const { projectId, runId } = await api.mutate<{ projectId: string; runId: string }>("generation.create", {
    prompt: "A page",
    model: scriptedModel,
    mode: "classic",
  });
  await page.goto(`/p/${projectId}/runs/${runId}`);
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (
    await choosing
  ).setFiles([{ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Blue, please.\n") }]);
  const attached = page.getByRole("list", { name: "Attachments" }).getByRole("listitem");
  await expect(attached).toHaveCount(1);
  first.open();
  await expect(page.getByText("From v1, the active version.")).toBeVisible();
  await expect(attached).toHaveText([/notes\.txt/]);
});
