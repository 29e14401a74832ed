import { describe, expect, test } from "vitest";
import { edit, playCalls, playText, remove, type Calls } from "#server/testing/play-run.ts";

const parent = {
  "app/main.py": "import os\n\n\ndef run():\n    return os.name\n",
  "app/util.py": "def add(a, b):\n    return a + b\n",
  "docs/a.md": "# A\n",
};
const block =
  "app/util.py\n```\n<<<<<<< SEARCH\n    return a + b\n=======\n    return a + b + 0\n>>>>>>> REPLACE\n```\n";
const done = { "app/util.py": "def add(a, b):\n    return a + b + 0\n" };
const play = (words: string) =>
  playText({ parent, prompt: "Please make the change", text: `${block}\nI changed the sum.\n\n${words}\n` });

describe("a run with a good block is held if its text names a change that no block makes", () => {
  test.each([
    "Rename app/main.py to app/start.py",
    "I've renamed `app/main.py` to `app/start.py`.",
    "- Move `docs/a.md` to `docs/b.md`",
    "1. Rename the file app/main.py → app/run.py",
    "Finally, rename `main.py` to `start.py`.",
    "**Renamed:** `docs/a.md` -> `docs/index.md`",
    "Déplacer le fichier `docs/a.md` vers `docs/b.md`.",
    "把 `app/main.py` 重命名为 `app/start.py`。",
    "Renomeie app/main.py para app/start.py",
    "Please remove `docs/a.md`.",
    "Löschen: entferne docs/a.md",
    "docs/a.md wurde gelöscht.",
    "Removed:\n- docs/a.md",
    "NOT DONE: send a report every week",
    "**NOT DONE:** the chart",
    "NOT DONE:\n- the chart\n- the report",
  ])("%s", async (words) => {
    expect(await play(words)).toBe("held");
  });
});

describe("text without a request does not hold it", () => {
  test.each([
    "I renamed the variable in app/main.py for clarity.",
    "Next, you could rename app/main.py to app/start.py and import it.",
    "The file app/main.py is not touched.",
    "Rename `a` to `b` where you call it.",
    "NOT DONE: nothing",
    "It is not done: see later",
    "```text\nNOT DONE: x\n```",
  ])("%s", async (words) => {
    expect(await play(words)).toEqual(done);
  });
});

describe("a run is held by a deletion that its summary claims and no call made", () => {
  const change = edit("app/util.py", ["return a + b", "return a + b + 0"]);
  const finish = (summary: string): Calls[number] => ["finish", { summary }];
  const playWith = (...turns: Calls[]) => playCalls({ parent, prompt: "Delete docs/a.md, mend the sum", turns });

  test("claimed", async () => {
    expect(await playWith([change, finish("I mended the sum. I deleted docs/a.md.")])).toBe("held");
  });

  test("claimed, and made after the report", async () => {
    const turns = [[change, finish("Deleted docs/a.md.")], [remove("docs/a.md")]] as Calls[];
    expect(await playWith(...turns)).toEqual({ ...done, "docs/a.md": null });
  });

  test("made", async () => {
    const summary = "Deleted `docs/a.md`, since nothing links to it.";
    expect(await playWith([change, remove("docs/a.md"), finish(summary)])).toEqual({ ...done, "docs/a.md": null });
  });
});
