import { describe, expect, test } from "vitest";
import { readPathLine } from "./path-line.ts";
import { ProjectPaths } from "./project-paths.ts";

const project = new ProjectPaths([
  "README.md",
  "app/main.py",
  "app/util.py",
  "bin/start",
  "docs/My Notes.md",
  "package.json",
  "src/lib/a.ts",
  "web/index.html",
]);
const read = (text: string) => readPathLine({ text, project });

describe("a path alone, with marks, a label or a remark", () => {
  test.each(
    `app/x.py|app/x.py:|\`app/x.py\`|**app/x.py**|**\`app/x.py\`**|### app/x.py|#### \`app/x.py\`:|1. \`app/x.py\`|- app/x.py|[app/x.py](app/x.py)|"app/x.py"|> app/x.py|app/x.py.|./app/x.py|app\\x.py|.\\app\\x.py|\u200Bapp/x.py|// app/x.py|# app/x.py|<!-- app/x.py -->|/* app/x.py */|=== app/x.py ===|📄 app/x.py|File: app/x.py|**File:** \`app/x.py\`|**File**: app/x.py|File:app/x.py|Filename: app/x.py|path: app/x.py|New file: app/x.py|Modified: app/x.py|## File 1: app/x.py|File 2 - app/x.py|app/x.py (new file)|app/x.py (updated):|app/x.py - new helper module|app/x.py — new|\`app/x.py\`: the module|app/x.py # comment|app/x.py // new|app/x.py, new|app/x.py [new]|app/x.py <- new|app/x.py *(new)*|app/x.py **(new)**|app/x.py is new|app/x.py (renamed from app/y.py)|**\`app/x.py\`** – adds a helper`.split(
      "|",
    ),
  )("%s", (text) => expect(read(text)).toEqual({ status: "path", source: "line", path: "app/x.py", isPart: false }));

  test.each([
    ["docs/My Notes.md", "docs/My Notes.md"],
    ["`docs/New Notes.md`", "docs/New Notes.md"],
    ["/app/main.py", "app/main.py"],
    ["a/app/util.py", "app/util.py"],
    ["bin/stop", "bin/stop"],
    ["Dockerfile (new)", "Dockerfile"],
    [".env.example:", ".env.example"],
    [".github/workflows/ci.yml", ".github/workflows/ci.yml"],
    ["src/app/(shop)/[id]/page.tsx", "src/app/(shop)/[id]/page.tsx"],
  ])("%s is %s", (text, path) => expect(read(text)).toMatchObject({ source: "line", path }));

  test.each([
    ["__init__.py", "__init__.py"],
    ["`__main__.py` (new)", "__main__.py"],
    ["**__tests__/a.test.ts**", "__tests__/a.test.ts"],
    ["### `_layout.tsx`", "_layout.tsx"],
    ["_config.yml:", "_config.yml"],
    ["__app/x.py__", "app/x.py"],
    ["_app/x.py_", "app/x.py"],
    ["文件：app/x.py", "app/x.py"],
    ["「app/x.py」", "app/x.py"],
    ["docs/文档.md", "docs/文档.md"],
  ])("%s is %s, without the marks around it", (text, path) =>
    expect(read(text)).toMatchObject({ source: "line", path }),
  );

  test.each(["[BEGIN FILE: app/x.py]", "app/x.py\\", "app/x.py#L3", "(app/x.py"])(
    "%s keeps the marks that belong to its name",
    (text) => expect(read(text)).not.toMatchObject({ status: "path", source: "line" }),
  );

  test.each(["app/main.py (lines 10-20)", "app/main.py:12", "app/main.py (excerpt)", "app/main.py - only the changes"])(
    "%s is a part",
    (text) => expect(read(text)).toMatchObject({ path: "app/main.py", isPart: true }),
  );
});

describe("one path in a sentence", () => {
  test.each([
    ["Create `app/more.py` with this content:", "app/more.py"],
    ["Step 1: Create app/more.py", "app/more.py"],
    ["In `app/main.py`, add:", "app/main.py"],
    ["Here's src/lib/b.ts, using Node.js and v1.2.0:", "src/lib/b.ts"],
    ["--- app/main.py", "app/main.py"],
  ])("%s", (text, path) => expect(read(text)).toMatchObject({ status: "path", source: "sentence", path }));
});

describe("words of prose are not paths", () => {
  test.each(
    "macOS/Linux:|Windows/WSL|npm/yarn:|yarn/pnpm|and/or|CI/CD|TCP/IP:|I/O|true/false|v1.2.0|## v1.2.0|Python 3.13|1.2.3.4|2024.01.02|localhost:8000/docs|http://localhost:3000/a.py|https://example.com/a.py|example.com/docs|127.0.0.1:8000|e.g. this|Output:|res.json|`res.json()`:|app.include_router(x)|GET /api/users|/health|All `.py` files:|.NET|License|## Changelog|README|docker-compose|src/|~/.bashrc|Done.|Call `add(a, b)` from `app.util`:".split(
      "|",
    ),
  )("%s", (text) => expect(read(text).status).toBe("prose"));
});

describe("a possible path stays open", () => {
  test.each([
    "Node.js",
    "### Next.js:",
    "Vue.js/Nuxt.js",
    "app/main.py and app/util.py",
    "app/main.py → app/new.py",
    "scripts/deploy",
    "/src/new.py",
    "data.frame",
  ])("%s", (text) => expect(read(text).status).toBe("doubt"));
});

test("recognises paths by the project's files, directories and extensions", () => {
  const odd = new ProjectPaths(["rules/a.qq", "macOS/notes"]);
  for (const text of ["rules/a.qq", "rules/b", "other/c.qq", "macOS/Linux"])
    expect(readPathLine({ text, project: odd })).toMatchObject({ status: "path", path: text });
});
