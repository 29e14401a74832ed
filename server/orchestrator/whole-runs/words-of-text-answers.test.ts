import { describe, expect, test } from "vitest";
import { playText } from "#server/testing/play-run.ts";

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
