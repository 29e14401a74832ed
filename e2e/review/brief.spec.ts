import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { expect, finish, scriptedModel, test } from "../support/fixtures.ts";

const files = {
  "app/models.py": "class Item:\n    title: str\n",
  "app/items.py": "from app.models import Item\n\n\ndef read_item():\n    return Item()\n",
  "app/main.py": "from app.items import read_item\n\nprint(read_item())\n",
  "app/long.py": `${Array.from({ length: 40 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`,
};
const move = { name: "move_file", arguments: { source: "app/items.py", destination: "app/notes.py" } };
const edit = (path: string, oldText: string, newText: string) => ({
  name: "edit_file",
  arguments: { path, edits: [{ oldText, newText }] },
});

test("the brief of a rename says what was renamed, moved and not done", async ({ page, api, model }) => {
  const { projectId, generationId } = await api.importProject({ name: "Briefed", files });
  const iterate = async (parentGenerationId: string, prompt: string, mode: "classic" | "enhanced") => {
    const { runId } = await api.mutate<{ runId: string }>("generation.iterate", {
      parentGenerationId,
      prompt,
      model: scriptedModel,
      mode,
    });
    await api.waitForRun(runId);
    return runId;
  };
  model.play(
    {
      text: "1. app/models.py: Item is Note\n2. app/notes.py: moved from app/items.py\n3. app/schema.py: the same there",
    },
    {
      toolCalls: [
        edit("app/models.py", "class Item:", "class Note:"),
        move,
        edit(
          "app/notes.py",
          "from app.models import Item\n\n\ndef read_item():\n    return Item()",
          "from app.models import Note\n\n\ndef read_note():\n    return Note()",
        ),
        edit(
          "app/main.py",
          "from app.items import read_item\n\nprint(read_item())",
          "from app.notes import read_note\n\nprint(read_note())",
        ),
        finish("Items are notes now."),
      ],
    },
  );
  const runId = await iterate(generationId, "Rename items to notes everywhere", "enhanced");
  const undone = "1 planned step was not done: app/schema.py";
  await page.goto(`/p/${projectId}/runs/${runId}`);
  await expect(page.getByRole("region", { name: /v2 is stored/ })).toContainText(undone);

  const head = (await api.readHead(projectId)) ?? "";
  await page.goto(`/p/${projectId}/g/${head}`);
  const brief = page.getByRole("region", { name: "In brief" });
  await expect(brief).toContainText("Items are notes now.");
  await expect(brief).toContainText(/Renamed, nothing lost: .*item → note/);
  await expect(brief).toContainText("1 file moved: app/items.py → app/notes.py");
  await expect(brief).toContainText(undone);
});

test("the brief of a review shows schema changes in a small picture, with a list of the same content", async ({
  page,
  api,
}) => {
  const before = [
    "model User {\n  id String @id\n  notes Note[]\n}\n",
    "model Note {\n  id String @id\n  title String\n  old String?\n  ownerId String\n  owner User @relation(fields: [ownerId], references: [id])\n}\n",
    "model Setting {\n  key String @id\n}\n",
  ].join("\n");
  const after = before
    .replace("  old String?\n", "  priority Int @default(0)\n  tags Tag[]\n")
    .concat("\nmodel Tag {\n  id String @id\n  notes Note[]\n}\n");
  const { projectId, generationId } = await api.importProject({
    name: "Schema in brief",
    files: { "prisma/schema.prisma": before },
  });
  const { generationId: v2 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: { operations: [{ type: "write", path: "prisma/schema.prisma", content: after }] },
  });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`/p/${projectId}/compare/${generationId}...${v2}`);
  const brief = page.getByRole("region", { name: "In brief" });
  await brief.getByRole("button", { expanded: false }).click();
  const list = brief.getByRole("list", { name: "What changed in the schema" });
  await expect(list.getByRole("listitem")).toContainText([/− Note\.old: gone/]);
  await expect(list).toContainText("+ Tag: new");
  await expect(list).toContainText("+ Note.priority: new");
  const picture = brief.getByRole("region", { name: "Picture of the changed tables" });
  await expect(picture).toContainText("priority");
  await expect(picture).toContainText("User");
  await expect(picture).not.toContainText("Setting");
  await expectAccessible(page);
  await page.screenshot({ path: "e2e/screenshots/schema/brief-light.png" });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectContrast(page);
  await page.screenshot({ path: "e2e/screenshots/schema/brief-dark.png" });
  await brief.getByRole("link", { name: "Open the schema" }).press("Enter");
  await page.waitForURL("**/schema");
  await expect(page.getByRole("group", { name: /^Picture of 4 boxes/ })).toBeVisible();
});
