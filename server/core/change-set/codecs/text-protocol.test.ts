import { describe, expect, test } from "vitest";
import { parseTextAnswer } from "./parse-text-answer.ts";
import { summarizeProposal } from "./testing/summarize-proposal.ts";

const project = [
  "README.md",
  "app/main.py",
  "app/util.py",
  "docs/notes.txt",
  "package.json",
  "page.html",
  "styles/site.css",
  "src/lib/a.ts",
];

function read(text: string): string[] {
  return parseTextAnswer({ text, paths: project }).proposals.map(summarizeProposal);
}

const block = "```\n<<<<<<< SEARCH\n    return a + b\n=======\n    return a + b + 0\n>>>>>>> REPLACE\n```\n";
const edit = `app/util.py\n${block}`;
const draft = `styles/site.css\n${block}`;

describe("thoughts", () => {
  test.each([
    ["a tag", `<think>\n${draft}</think>\n${edit}`],
    ["another tag", `<thinking>\n${draft}</thinking>\n${edit}`],
    ["a tag with attributes", `<reasoning effort="high">\n${draft}</reasoning>\n\n${edit}`],
    ["tags in upper case", `<THINK>\n${draft}</THINK>\n${edit}`],
    ["a lone end", `Let me see.\n${draft}</think>\n\n${edit}`],
    ["a lone end after an open fence", `Let me see.\n\`\`\`python\nx = 1\n</think>\n\n${edit}`],
    ["an end within a line", `<think>${draft} so</think>${edit}`],
    ["brackets", `[THINK]${draft}[/THINK]\n${edit}`],
    ["channels", `<|channel|>analysis<|message|>${draft}<|end|><|start|>assistant<|channel|>final<|message|>${edit}`],
    ["channels without their marks", `analysisWe could do this:\n${draft}assistantfinal${edit}`],
    ["thoughts that speak of the tag", `<think>\nI close with </think> when done.\n${draft}</think>\n${edit}`],
    ["a patch in thoughts", `<think>\n*** Begin Patch\n*** Delete File: README.md\n*** End Patch\n</think>\n${edit}`],
  ])("of %s are not part of the answer", (_, text) => expect(read(text)).toEqual(["edit app/util.py"]));

  test.each([
    ["a tag", `<think>\n${draft}and then`],
    ["a tag after words", `I see.\n\n<thinking>\n${draft}`],
    ["a channel", `<|channel|>analysis<|message|>${draft}`],
  ])("that never end after %s are requested again", (_, text) => expect(read(text)).toEqual(["?thought -"]));

  test("inside a file's text are content", () => {
    const [proposal] = parseTextAnswer({
      text: "src/lib/tags.ts\n```ts\nexport const open = `\n<think>\n`;\nconst close = `\n</think>\n`;\n```\n",
      paths: project,
    }).proposals;
    expect(proposal).toMatchObject({
      operation: { content: "export const open = `\n<think>\n`;\nconst close = `\n</think>\n`;\n" },
    });
  });

  test("that are only mentioned are prose", () => {
    expect(read(`The parser now drops \`<think>\` and \`</think>\` tags.\n\n${edit}`)).toEqual(["edit app/util.py"]);
  });
});

describe("fences", () => {
  test.each<[string, string, string[]]>([
    ["a bare inner fence", "README.md\n```md\n# Shop\n\n```\nnpm i\n```\n\n## End\n```\n", ["?ambiguous README.md"]],
    ["two bare inner fences", "README.md\n```\n# A\n```\nx\n```\nb\n```\ny\n```\n```\n", ["?ambiguous README.md"]],
    [
      "an inner fence with an info string",
      "README.md\n```md\n# Shop\n\n```bash\nnpm i\n```\n\n## End\n```\n",
      ["write README.md"],
    ],
    ["a longer fence", "README.md\n````md\n# Shop\n\n```\nnpm i\n```\n````\n", ["write README.md"]],
    ["tildes around back ticks", "README.md\n~~~md\n# Shop\n\n```\nnpm i\n```\n~~~\n", ["write README.md"]],
    [
      "a document, then a labelled example",
      "README.md\n```md\n# Shop\n```\n\nRun:\n```bash\nnpm i\n```\n",
      ["write README.md"],
    ],
    [
      "a document, then a bare example",
      "README.md\n```md\n# Shop\n```\n\nRun:\n```\nnpm i\n```\n",
      ["?ambiguous README.md"],
    ],
    [
      "a module, then a bare example",
      "app/new.py\n```python\nx = 1\n```\n\nRun it:\n```bash\npython x.py\n```\nIt prints:\n```\n1\n```\n",
      ["write app/new.py"],
    ],
    ["fences in a string", 'app/new.py\n```python\nHELP = """\n```json\n{}\n```\n"""\n```\n', ["write app/new.py"]],
    [
      "bare fences in a string",
      'app/new.py\n```python\nHELP = """\n```\n{}\n```\n"""\n```\n',
      ["?ambiguous app/new.py"],
    ],
    ["a fence that is never closed", "app/new.py\n```python\nx = 1\n", ["?cut app/new.py"]],
    [
      "a fence that the next one follows",
      "app/new.py\n```python\nx = 1\n\napp/b.py\n```python\ny = 2\n```\n",
      ["?cut app/new.py", "write app/b.py"],
    ],
    [
      "a file after a document in doubt",
      "README.md\n```md\n# A\n```\nx\n```\nb\n```\n\napp/b.py\n```python\ny = 2\n```\n",
      ["?ambiguous README.md", "write app/b.py"],
    ],
    [
      "a fence in a list",
      "1. Add the module\n\n   app/new.py\n   ```python\n   def f():\n       return 1\n   ```\n",
      ["write app/new.py"],
    ],
    ["a shorter bare line", "docs/a.md\n````\n```\nx\n````\n", ["write docs/a.md"]],
  ])("%s", (_, text, expected) => expect(read(text)).toEqual(expected));

  test("in lists lose their indentation", () => {
    const { proposals } = parseTextAnswer({
      text: "1. Add\n\n   app/new.py\n   ```python\n   def f():\n\n       return 1\n   ```\n",
      paths: project,
    });
    expect(proposals).toMatchObject([{ operation: { content: "def f():\n\n    return 1\n" } }]);
  });

  test("that are indented, with lines that are not, are requested again", () => {
    expect(read("   app/new.py\n   ```python\n   def f():\n return 1\n   ```\n")).toEqual(["?ambiguous app/new.py"]);
  });
});

describe("another form under a path", () => {
  test.each<[string, string, string[]]>([
    [
      "a diff with headers",
      "docs/notes.txt\n```diff\n--- a/docs/notes.txt\n+++ b/docs/notes.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n```\n",
      ["edit docs/notes.txt"],
    ],
    ["a diff without headers", "page.html\n```diff\n <p>a</p>\n-<p>b</p>\n+<p>c</p>\n```\n", ["edit page.html"]],
    [
      "a diff under another label",
      "styles/site.css\n```css\n@@ -1,2 +1,2 @@\n a{}\n-b{}\n+c{}\n```\n",
      ["edit styles/site.css"],
    ],
    [
      "a diff of another file",
      "styles/site.css\n```diff\n--- a/page.html\n+++ b/page.html\n@@ -1 +1 @@\n-a\n+b\n```\n",
      ["?form -"],
    ],
    [
      "a diff without a path",
      "```diff\ndiff --git a/app/util.py b/app/util.py\n--- a/app/util.py\n+++ b/app/util.py\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/x.py b/x.py\nnew file mode 100644\n--- /dev/null\n+++ b/x.py\n@@ -0,0 +1 @@\n+x\n```\n",
      ["edit app/util.py", "write x.py"],
    ],
    [
      "a diff that deletes and renames",
      "```diff\ndiff --git a/page.html b/page.html\ndeleted file mode 100644\n--- a/page.html\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\ndiff --git a/app/util.py b/app/tools.py\nsimilarity index 100%\nrename from app/util.py\nrename to app/tools.py\n```\n",
      ["delete page.html", "move app/util.py app/tools.py"],
    ],
    ["a diff whose lines have no sign", "page.html\n```diff\n<p>a</p>\n-<p>b</p>\n```\n", ["?form page.html"]],
    [
      "a diff without a fence",
      "diff --git a/app/util.py b/app/util.py\n--- a/app/util.py\n+++ b/app/util.py\n@@ -1 +1 @@\n-a\n+b\n\nDone.\n",
      ["edit app/util.py"],
    ],
    [
      "a file that is a patch",
      "fixes/a.patch\n```diff\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n```\n",
      ["write fixes/a.patch"],
    ],
    [
      "a patch",
      "app/util.py\n```\n*** Begin Patch\n*** Update File: app/util.py\n@@\n-a\n+b\n*** End Patch\n```\n",
      ["edit app/util.py"],
    ],
    [
      "a patch of another file",
      "app/util.py\n```\n*** Begin Patch\n*** Delete File: README.md\n*** End Patch\n```\n",
      ["?ambiguous app/util.py"],
    ],
    [
      "conflict markers",
      "docs/notes.txt\n```\n<<<<<<< HEAD\ntwo\n=======\n2\n>>>>>>> new\n```\n",
      ["?form docs/notes.txt"],
    ],
    [
      "markers in the middle",
      "docs/notes.txt\n```\none\n<<<<<<< SEARCH\ntwo\n=======\n2\n>>>>>>> REPLACE\n```\n",
      ["?form docs/notes.txt"],
    ],
    [
      "text after a block",
      "docs/notes.txt\n```\n<<<<<<< SEARCH\ntwo\n=======\n2\n>>>>>>> REPLACE\nthree\n```\n",
      ["edit docs/notes.txt", "?form docs/notes.txt"],
    ],
    ["line numbers", "page.html\n```html\n1\t<p>a</p>\n2\t<p>c</p>\n```\n", ["?form page.html"]],
    ["line numbers with bars", "page.html\n```html\n  9 | <p>a</p>\n 10 | <p>c</p>\n 11 |\n```\n", ["?form page.html"]],
    ["a list with numbers", "docs/list.md\n```md\n1. one\n2. two\n```\n", ["write docs/list.md"]],
    ["a table with numbers", "data/rows.tsv\n```\n1\ta\n2\tb\n```\n", ["write data/rows.tsv"]],
    ["one more fence", "page.html\n````\n```html\n<p>a</p>\n```\n````\n", ["?form page.html"]],
    ["a tag with a fence", '<file path="page.html">\n```html\n<p>a</p>\n```\n</file>\n', ["?form page.html"]],
    ["a part of the file", "page.html (lines 3-5)\n```html\n<p>a</p>\n```\n", ["?form page.html"]],
  ])("%s", (_, text, expected) => expect(read(text)).toEqual(expected));
});

describe("tags, patches and calls", () => {
  test.each<[string, string, string[]]>([
    ["a file tag", '<file path="app/more.py">\nMORE = 2\n</file>\n', ["write app/more.py"]],
    [
      "two file tags",
      "<file path='a.py'>\nA = 1\n</file>\n\n<file path='b.py'>\nB = 1\n</file>\n",
      ["write a.py", "write b.py"],
    ],
    ["a file tag that is cut", '<file path="app/more.py">\nMORE = 2\n', ["?cut app/more.py"]],
    [
      "file tags in a file tag",
      '<file path="docs/a.md">\n<file path="x.py">\nx\n</file>\n</file>\n',
      ["?ambiguous docs/a.md", "?ambiguous x.py"],
    ],
    ["a second end", '<file path="docs/a.md">\na\n</file>\nb\n</file>\n', ["?ambiguous docs/a.md"]],
    [
      "blocks in a tag",
      '<file path="app/util.py">\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n</file>\n',
      ["edit app/util.py"],
    ],
    [
      "the patch of the format's description",
      '*** Begin Patch\n*** Add File: hello.txt\n+Hello world\n*** Update File: src/app.py\n*** Move to: src/main.py\n@@ def greet():\n-print("Hi")\n+print("Hello, world!")\n*** Delete File: obsolete.txt\n*** End Patch\n',
      ["write hello.txt", "edit src/app.py", "move src/app.py src/main.py", "delete obsolete.txt"],
    ],
    [
      "a patch that is indented",
      "Here:\n\n    *** Begin Patch\n    *** Update File: app/util.py\n    @@\n    -a\n    +b\n    *** End Patch\n",
      ["edit app/util.py"],
    ],
    [
      "a patch with indented markers",
      "*** Begin Patch\n  *** Update File: app/util.py\n@@\n-a\n+b\n  *** End Patch\n",
      ["edit app/util.py"],
    ],
    [
      "a patch that only adds",
      "*** Begin Patch\n*** Update File: app/empty.py\n@@\n+a\n*** End Patch\n",
      ["edit app/empty.py"],
    ],
    [
      "a bad section between good ones",
      "*** Begin Patch\n*** Delete File: page.html\n*** Update File: app/util.py\n@@\nno sign\n*** Add File: n.py\n+n\n*** End Patch\n",
      ["delete page.html", "?form app/util.py", "write n.py"],
    ],
    [
      "a patch without its end",
      "*** Begin Patch\n*** Delete File: page.html\n*** Update File: app/util.py\n@@\n-a\n",
      ["delete page.html", "?cut app/util.py"],
    ],
    [
      "a hermes call",
      '<tool_call>\n{"name": "write_file", "arguments": {"path": "app/a.py", "content": "A = 1\\n"}}\n</tool_call>\n',
      ["?call app/a.py"],
    ],
    [
      "a function tag",
      "<function=write_file>\n<parameter=path>\napp/a.py\n</parameter>\n<parameter=content>\nA = 1\n</parameter>\n</function>\n</tool_call>",
      ["?call app/a.py"],
    ],
    [
      "an invoke tag",
      '<invoke name="write_file">\n<parameter name="path">app/a.py</parameter>\n<parameter name="content">A</parameter>\n</invoke>\n',
      ["?call app/a.py"],
    ],
    [
      "a JSON call in a fence",
      '```json\n{"name": "edit_file", "arguments": {"path": "app/a.py", "edits": []}}\n```\n',
      ["?call app/a.py"],
    ],
    [
      "a JSON call",
      'I will write it.\n\n{"tool": "write_file", "path": "app/a.py", "content": "A"}\n',
      ["?call app/a.py"],
    ],
    ["a call of code", 'functions.write_file({"path": "app/a.py", "content": "A"})\n', ["?call app/a.py"]],
    [
      "a tag of the tool",
      "<write_file>\n<path>app/a.py</path>\n<content>\nA\n</content>\n</write_file>\n",
      ["?call app/a.py"],
    ],
    ["a JSON answer that is data", 'It returns:\n```json\n{"name": "Ann", "path": "/x"}\n```\n', []],
  ])("%s", (_, text, expected) => expect(read(text)).toEqual(expected));
});

describe("one file twice in an answer", () => {
  test.each<[string, string, string[]]>([
    [
      "a whole text over an edit",
      `${edit}\nNow run\n\napp/util.py\n\`\`\`\n22\n\`\`\`\n`,
      ["edit app/util.py", "?repeated app/util.py"],
    ],
    [
      "an example over a new file",
      "app/new.py\n```python\nx = 1\n```\n\napp/new.py\n```python\nprint(1)\n```\n",
      ["write app/new.py", "?repeated app/new.py"],
    ],
    [
      "the same text again",
      "app/new.py\n```python\nx = 1\n```\n\napp/new.py\n```python\nx = 1\n```\n",
      ["write app/new.py", "write app/new.py"],
    ],
    [
      "an edit of a new file",
      `app/new.py\n\`\`\`python\nx = 1\n\`\`\`\n\napp/new.py\n${block}`,
      ["write app/new.py", "edit app/new.py"],
    ],
    [
      "a file after its deletion",
      "*** Begin Patch\n*** Delete File: page.html\n*** End Patch\n\npage.html\n```html\n<p>\n```\n",
      ["delete page.html", "write page.html"],
    ],
    [
      "an example that would overwrite a file",
      `${edit}\nYou can now call it from app/main.py:\n\napp/main.py\n\`\`\`python\nprint(1)\n\`\`\`\n`,
      ["edit app/util.py", "?path app/main.py"],
    ],
  ])("%s", (_, text, expected) => expect(read(text)).toEqual(expected));
});

describe("every proposal is in the result", () => {
  test("if broken blocks are between good ones", () => {
    const broken = "styles/site.css\n```\n<<<<<<< SEARCH\na\n=======\nb\n=======\nc\n>>>>>>> REPLACE\n```\n";
    expect(read(`${edit}\n${broken}\npage.html\n${block}`)).toEqual([
      "edit app/util.py",
      "?ambiguous styles/site.css",
      "edit page.html",
    ]);
  });

  test("if a block without its end includes the next", () => {
    const open = "styles/site.css\n```\n<<<<<<< SEARCH\na\n=======\nb\n```\n\n";
    expect(read(`${open}page.html\n${block}`)).toEqual(["?ambiguous styles/site.css", "?ambiguous page.html"]);
  });

  test("with its line, an excerpt and advice", () => {
    const { proposals } = parseTextAnswer({
      text: `Hi\n\n${edit}\n\`\`\`python\nx = 1\ny = 2\n\`\`\`\n`,
      paths: project,
    });
    expect(proposals).toMatchObject([{ line: 5 }, { line: 12, excerpt: "```python x = 1 y = 2 ```", kind: "path" }]);
  });
});

describe("odd characters", () => {
  test.each<[string, string, string[]]>([
    ["CRLF", edit.replaceAll("\n", "\r\n"), ["edit app/util.py"]],
    ["a byte order mark", `\uFEFF${edit}`, ["edit app/util.py"]],
    ["a zero-width space in the path", `\u200Bapp/util.py\u200B\n${block}`, ["edit app/util.py"]],
    ["a path of Windows", `app\\util.py\n${block}`, ["edit app/util.py"]],
    ["a new path of Windows", "app\\more.py\n```python\nx = 1\n```\n", ["write app/more.py"]],
    ["a dot in front", `./app/util.py\n${block}`, ["edit app/util.py"]],
    ["a slash in front", `/app/util.py\n${block}`, ["edit app/util.py"]],
  ])("%s", (_, text, expected) => expect(read(text)).toEqual(expected));
});

describe("what surrounds a block", () => {
  const fence = "```";
  test.each<[string, string, string[]]>([
    ["a quotation", `> app/x.py\n> ${fence}python\n> x = 1\n> ${fence}\n`, ["?form app/x.py"]],
    ["a quotation of words", `> Please do it.\n\n${edit}`, ["edit app/util.py"]],
    [
      "a fence around the answer",
      `${fence}\`md\napp/x.py\n${fence}py\nx = 1\n${fence}\n${fence}\`\n`,
      ["?form app/x.py"],
    ],
    ["files as JSON", `${edit}\n{"files": [{"path": "a.py", "content": "x"}]}\n`, ["edit app/util.py", "?call a.py"]],
    ["a tag in one line", '<file path="app/x.py">x = 1</file>\n', ["?call app/x.py"]],
    [
      "a snippet of a file",
      `Add to your \`package.json\`:\n\n${fence}json\n{"a": 1}\n${fence}\n`,
      ["?path package.json"],
    ],
    [
      "an update of unknown extent",
      `Update \`app/main.py\`:\n${fence}python\nx = 1\n${fence}\n`,
      ["?path app/main.py"],
    ],
    ["a complete file", `The complete \`app/main.py\`:\n${fence}python\nx = 1\n${fence}\n`, ["write app/main.py"]],
    ["a command on a file", `Then run \`app/main.py\`:\n${fence}bash\npython app/main.py\n${fence}\n`, []],
    ["the output of a file", `The output of \`app/new.py\` is:\n${fence}\n22\n${fence}\n`, []],
    ["a list of files", `Changed:\n- app/x.py\n- app/y.py\n\n${fence}python\nx = 1\n${fence}\n`, ["?path app/y.py"]],
    ["a command under a module", `app/main.py\n${fence}bash\npython app/main.py\n${fence}\n`, ["?path app/main.py"]],
    ["a script without an extension", `bin/run\n${fence}bash\n#!/bin/sh\n${fence}\n`, ["?path -"]],
    ["a name that a directory has", `util.py\n${fence}python\nx = 1\n${fence}\n`, ["?path util.py"]],
    ["two names for one block", `app/x.py\n${fence}python title="app/y.py"\nx = 1\n${fence}\n`, ["?path -"]],
    [
      "code without a path",
      `${edit}\n${fence}python\ndef f():\n    return 1\n${fence}\n`,
      ["edit app/util.py", "?path -"],
    ],
    ["an end of thoughts after all", `${edit}\n</think>\n`, ["?thought -"]],
    [
      "markers with hyphens",
      `app/util.py\n${fence}\n------- SEARCH\na\n=======\nb\n+++++++ REPLACE\n${fence}\n`,
      ["edit app/util.py"],
    ],
    [
      "a heading that looks like a divider",
      `README.md\n${fence}\n<<<<<<< SEARCH\nT\n=====\n=======\nN\n>>>>>>> REPLACE\n${fence}\n`,
      ["?ambiguous README.md"],
    ],
    ["an empty file", `app/pkg/__init__.py\n${fence}python\n${fence}\n`, ["write app/pkg/__init__.py"]],
  ])("%s", (_, text, expected) => expect(read(text)).toEqual(expected));
});
