import { describe, expect, test } from "vitest";
import { parseTextAnswer } from "./parse-text-answer.ts";
import { summarizeProposal } from "./testing/summarize-proposal.ts";

const project = ["README.md", "app/main.py", "app/util.py"];
const read = (text: string) => parseTextAnswer({ text, paths: project }).proposals.map(summarizeProposal);

const edit =
  "app/util.py\n```python\n<<<<<<< SEARCH\n    return a + b\n=======\n    return b + a\n>>>>>>> REPLACE\n```\n";
const draft = "app/draft.py\n```python\nx = 1\n```\n";

describe("thoughts under other names", () => {
  test.each([
    ["<thought_process>", "</thought_process>"],
    ["<internal_thoughts>", "</internal_thoughts>"],
    ["<seed:think>", "</seed:think>"],
    ["<思考>", "</思考>"],
    ["<|think|>", "<|/think|>"],
    ["<|begin_of_thought|>", "<|end_of_thought|>"],
  ])("%s are not part of the answer", (open, close) =>
    expect(read(`${open}\n${draft}${close}\n\n${edit}`)).toEqual(["edit app/util.py"]),
  );
});

describe("a tag around a part of the answer", () => {
  test.each(["answer", "final_answer", "files", "changes", "response", "details"])("%s changes nothing", (name) =>
    expect(read(`<${name}>\n${draft}</${name}>\n\n${edit}`)).toEqual(["write app/draft.py", "edit app/util.py"]),
  );

  test.each(["plan", "draft", "example", "Überlegung"])(
    "%s may contain a draft, and its changes are requested again",
    (name) =>
      expect(read(`<${name}>\n${draft}</${name}>\n\n${edit}`)).toEqual(["?form app/draft.py", "edit app/util.py"]),
  );

  test("details may contain thoughts", () => {
    const text = `<details>\n<summary>Thought process</summary>\n\n${draft}</details>\n\n${edit}`;
    expect(read(text)).toEqual(["?form app/draft.py", "edit app/util.py"]);
  });

  test("without a block in it is prose", () => {
    expect(read(`<summary>\nI change a sum.\n</summary>\n\n${edit}`)).toEqual(["edit app/util.py"]);
  });
});

describe("the format in which parts of a file are shown", () => {
  const part = '<file-part path="app/main.py">\n[lines 3 to 3 of 20]\nLIMIT = 20\n</file-part>\n';

  test.each<[string, string]>([
    ["before another change", `${part}\n${edit}`],
    ["inside a fence", `\`\`\`\n${part}\`\`\`\n\n${edit}`],
    ["under a path", `app/main.py\n\`\`\`\n${part}\`\`\`\n\n${edit}`],
    ["as lines under a path", `app/main.py\n\`\`\`\n[lines 3 to 3 of 20]\nLIMIT = 20\n\`\`\`\n\n${edit}`],
    ["without its end", `${part.replace("</file-part>\n", "")}\n${edit}`],
  ])("%s is asked about and takes no other change with it", (_, text) =>
    expect(read(text)).toEqual(["?form app/main.py", "edit app/util.py"]),
  );

  test("is not a document's text", () => {
    const text = '<file-part path="README.md">\n# Demo\n</file-part>\n';
    expect(read(`README.md\n\`\`\`\`md\n${text}\`\`\`\`\n`)).toEqual(["?form README.md"]);
  });
});

describe("a file between tags", () => {
  test("is read inside a fence", () => {
    const text = '```xml\n<file path="app/draft.py">\nx = 1\n</file>\n```\n';
    expect(read(text)).toEqual(["write app/draft.py"]);
  });

  test("keeps its tags out of the file under a path", () => {
    const text = 'docs/a.md\n````md\n<file path="docs/a.md">\n# A\n</file>\n````\n';
    expect(read(text)).toEqual(["?form docs/a.md"]);
  });
});

test("a call that nothing closes leaves the changes below it open", () => {
  const text = `<boltAction type="file" filePath="app/draft.py">\nx = 1\n\n${edit}`;
  expect(read(text)).toEqual(["?call app/draft.py", "?ambiguous app/util.py"]);
});

describe("changes as data, commands or words beside a readable one", () => {
  test.each<[string, string, string]>([
    ["texts by path", '```json\n{\n  "app/new.py": "x = 1\\ny = 2\\n"\n}\n```', "?call -"],
    [
      "old and new",
      '```json\n[\n  {\n    "file": "app/main.py",\n    "old": "a",\n    "new": "b"\n  }\n]\n```',
      "?call app/main.py",
    ],
    ["a here document", "```bash\ncat > app/new.py <<'EOF'\nx = 1\nEOF\n```", "?command app/new.py"],
    ["a removal", "```bash\ngit rm app/main.py\n```", "?command app/main.py"],
    ["a move", "```sh\nmv app/main.py app/start.py\n```", "?command app/main.py"],
    ["an edit in place", "```bash\nsed -i 's/a/b/' app/main.py\n```", "?command app/main.py"],
    ["a sentence", "Delete the file `app/main.py`.", "?command app/main.py"],
    ["a redirection", '```bash\necho "x = 1" >> app/main.py\n```', "?command app/main.py"],
    ["a command of Windows", "```powershell\nRemove-Item app/main.py\n```", "?command app/main.py"],
    ["a sentence in German", "Lösche die Datei `app/main.py`.", "?command app/main.py"],
    ["a sentence in Chinese", "删除文件 `app/main.py`", "?command app/main.py"],
    ["an item of a list", "- **Removed:** `app/main.py`", "?command app/main.py"],
    ["a verb behind a heading", "Löschen: entferne app/main.py", "?command app/main.py"],
    ["a report in the passive", "The old file `app/main.py` has been deleted.", "?command app/main.py"],
    ["a verb at the end", "Ich habe die Datei `app/main.py` gelöscht.", "?command app/main.py"],
    ["a name before its fate", "- [x] app/main.py: removed", "?command app/main.py"],
    ["a row of a table", "| app/main.py | deleted |", "?command app/main.py"],
    ["a list below a heading", "### Removed files\n\n- `app/main.py`\n", "?command app/main.py"],
    ["a report with its reason", "I deleted `app/main.py` because nothing imports it.", "?command app/main.py"],
    [
      "a sentence among others",
      "The sum is right now. `app/main.py` was removed, since it was old.",
      "?command app/main.py",
    ],
    ["a report in French", "J'ai supprimé le fichier `app/main.py`.", "?command app/main.py"],
    ["a report in Spanish", "El archivo app/main.py ha sido eliminado.", "?command app/main.py"],
    ["a report in Russian", "Файл `app/main.py` удалён.", "?command app/main.py"],
    ["a report in Chinese", "已删除文件 `app/main.py`。", "?command app/main.py"],
    ["a report in Japanese", "`app/main.py` を削除しました。", "?command app/main.py"],
    ["a renaming in words", "Rename app/main.py to app/start.py.", "?command app/main.py"],
    ["a renaming that is told", "I renamed `app/main.py` to `start.py`.", "?command app/main.py"],
    ["a renaming by a bare name", "Rename `main.py` -> `start.py`", "?command app/main.py"],
    ["a move in German", "Verschiebe die Datei `app/main.py` nach `lib/main.py`.", "?command app/main.py"],
    ["a renaming in French", "Renommer app/main.py en app/start.py", "?command app/main.py"],
    ["a renaming in Spanish", "Renombra el archivo `app/main.py` a `app/start.py`.", "?command app/main.py"],
    ["a renaming in Russian", "Переименуйте файл app/main.py в app/start.py", "?command app/main.py"],
    ["a renaming in Chinese", "将 app/main.py 重命名为 app/start.py", "?command app/main.py"],
    ["a renaming in Japanese", "`app/main.py` を `app/start.py` にリネームします。", "?command app/main.py"],
  ])("%s stays open", (_, text, expected) =>
    expect(read(`${edit}\n${text}\n`).toSorted()).toEqual([expected, "edit app/util.py"].toSorted()),
  );

  test.each([
    "```bash\nnpm install && npm start > out.log\n```",
    "```bash\nrm -rf dist\n```",
    "```bash\nsed -n 1,5p app/main.py\n```",
    '```json\n{"name": "demo", "main": "index.js"}\n```',
    "I removed the import of `app/main.py`.",
    "Delete `app/gone.py`.",
    "You can delete `app/main.py` now.",
    "If you delete `app/main.py`, nothing starts.",
    "Nothing was removed, and `app/main.py` stays.",
    "I did not delete `app/main.py`.",
    "Ich habe `app/main.py` nicht gelöscht.",
    "Removed from `app/main.py`: the unused import.",
    "Removed:\n\n- the import in `app/main.py`",
    "Removed files: none.\n\n- `app/main.py`",
    "`app/main.py` is deleted by the clean step.",
    "Rename `app/gone.py` to `app/main.py`.",
    "I renamed the function in `app/main.py` to `run`.",
    "Move the helper of app/main.py to app/util.py later.",
    "Rename main to start.",
    "```thinking\napp/draft.py could hold x = 1\n```",
    "Verwendung:\n\n```python\nfrom app.util import add\nprint(add(1, 2))\n```",
    "使用方法：\n\n```python\nprint(add(1, 2))\n```",
    "Output of app/main.py:\n\n```\n6\n```",
    "Running `app/main.py` prints:\n\n```\n6\n```",
  ])("%s is prose", (text) => expect(read(`${edit}\n${text}\n`)).toEqual(["edit app/util.py"]));

  test("a sentence that repeats what a block does has no effect", () => {
    const patch = "*** Begin Patch\n*** Delete File: app/main.py\n*** End Patch\n";
    expect(read(`${patch}\nDelete the file \`app/main.py\`.\n`)).toEqual(["delete app/main.py"]);
    const move = "*** Begin Patch\n*** Update File: app/main.py\n*** Move to: app/start.py\n*** End Patch\n";
    expect(read(`${move}\nI renamed \`app/main.py\` to \`app/start.py\`.\n`)).toEqual([
      "move app/main.py app/start.py",
    ]);
  });
});
