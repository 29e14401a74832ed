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
