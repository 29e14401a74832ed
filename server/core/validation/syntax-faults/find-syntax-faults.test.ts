import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { findSyntaxFaults } from "./find-syntax-faults.ts";

const sourceParser = await loadSourceParser();
const find = (path: string, text: string) =>
  findSyntaxFaults({ path, text, sourceParser }).map(({ line, problem }) => `${line}: ${problem}`);

describe("a text that violates its language's syntax", () => {
  test.each([
    ["a.py", "def f():\nx = 1\n", "1: an indented block is missing"],
    ["a.py", "def f():\n    x = 1\n      y = 2\n", "3: the indentation does not fit the lines above"],
    ["a.py", "x = 1\n    y = 2\n", "2: the indentation does not fit the lines above"],
    ["a.py", "def f():\n\tx\n        y\n", "3: the indentation does not fit the lines above"],
    ["a.py", "try:\n    x\n", "1: `try` has neither `except` nor `finally`"],
    ["a.py", "print 'a'\n", "1: this is a statement of Python 2"],
    ["a.py", "def f(:\n    pass\n", "1: `)` is missing"],
    ["a.ts", "const a = ;\n", "1: this cannot be read"],
    ["a.ts", "export function f() {\n  return 1;\n", "2: `}` is missing"],
    ["a.tsx", "const a = (\n  <p>\n    one\n  </div>\n);\n", "4: `</div>` closes `<p>`"],
    ["a.css", "a {\n  color: red;\n\nb { color: blue }\n", "1: `{` is not closed"],
    ["a.css", "a { color: red }\n}\n", "2: `}` closes nothing that was opened"],
    ["a.css", "a { color: red }\n/* note\n", "2: the comment that starts here is not closed"],
    ["a.json", '{\n  "a": 1,\n}\n', "3: expected double-quoted property name"],
    ["a.json", '{\n  "a": 1\n', "2: expected ',' or '}' after property value"],
    ["a.json", "// note\n{}\n", "1: unexpected token '/'"],
    [
      "a.json",
      '{\n  "first": [1, 2, 3],\n  "second": "a long value to fill the line",\n  "third": nope\n}\n',
      "4: unexpected token 'o'",
    ],
    ["a.json", "", "1: unexpected end of JSON input"],
    ["tsconfig.json", '{ "a": 1,, }', "1: expected double-quoted property name"],
    ["a.yaml", "a: 1\n b: 2\n", "1: nested mappings are not allowed in compact mappings"],
    ["a.toml", "[a\nb = 1\n", "1: illegal character in key"],
    ["a.prisma", "model A {\n  id Int @id\n", "1: `{` is not closed"],
    ["a.prisma", "model A {\n  id Int @id\n  model B {\n  }\n}\n", "3: a block cannot stand inside another"],
    ["a.prisma", "model A {\n  id Int @id\n}\n  name String\n", "4: this line stands outside any block"],
    ["a.prisma", "model A {\n  id\n}\n", "2: this is no line of a model block"],
    ["a.sql", "create table a (id int,\n name text;\n", "1: `(` is not closed"],
    ["a.sql", "insert into a values ('one);\n", "1: the string that starts here is not closed"],
    ["a.html", "<p>\n<!-- note\n</p>\n", "2: the comment that starts here is not closed"],
    ["a.html", '<p>\n<a href="x', "2: the tag `<a` is not closed"],
    ["a.html", "<script>\nlet a = 1;\n", "1: `<script>` is not closed"],
  ])("%s %j", (path, text, fault) => {
    const found = find(path, text)[0];
    expect(found?.toLowerCase()).toContain(fault.toLowerCase());
  });
});

describe("a valid text", () => {
  test.each([
    ["a.py", "# note\nclass A:\n    '''doc'''\n    x: int = 1\n\n    def f(self): ...\n\nif True: pass\n"],
    ["a.py", "try:\n    x\nfinally:\n    y\nmatch a:\n    case {'b': c}:\n        pass\n"],
    [
      "a.ts",
      "const a = styled.div<{ open: boolean }>`color: ${(p) => p.open};`;\nconst rows = await db.$queryRaw<{ a: string | null }[]>`select 1`;\n",
    ],
    [
      "a.ts",
      'export type * from "./a";\nlet b: import("./b").B[];\ninterface C<in out T> { d: T }\nexport { e as default };\n',
    ],
    ["a.ts", "type A = {\n  equals?: string\n  in?: string[]\n}\n"],
    ["a.tsx", 'const a = <p title="a&b">Terms & Conditions, don\'t {b && c}</p>;\n'],
    ["a.jsx", "const a = <A.B {...c} d='e'>{/* f */}</A.B>;\n"],
    ["a.d.ts", "export default function (): { a: string };\n"],
    [
      "a.css",
      `@import "tailwindcss";\n@theme default inline { --a: "}"; }\n@custom-variant dark (&:where(.dark, .dark *));\n.a { &:hover { background: url(./a'1.png) } }\n`,
    ],
    ["tsconfig.json", '{\n  // note "quoted"\n  "a": "// kept", /* note */\n  "b": [1, 2,],\n}\n'],
    [".vscode/settings.json", '{ "a": 1, }'],
    ["a.json", '\uFEFF{"a": [1, "}"]}\n'],
    ["a.yaml", "a: &x\n  b: 1\nc: !Ref d\n---\nsecond: true\n"],
    ["chart/templates/a.yaml", "a: {{ .Values.a }}\n{{- if b }}\n  c: 1\n{{- end }}\n"],
    ["a.toml", '[a.b]\nc = 1\n[[d]]\ne = """\n[\n"""\n'],
    [
      "a.prisma",
      '// note\ngenerator client {\n  provider = "prisma-client"\n  previewFeatures = [\n    "a"\n  ]\n}\n\nenum A {\n  B\n  C @map("c}")\n}\n\nmodel D {\n  id    Int    @id @default(autoincrement()) // {\n  email String @unique @db.VarChar(200)\n  e     E[]\n  f     Unsupported("g")?\n\n  @@index([\n    email\n  ])\n}\n',
    ],
    [
      "a.sql",
      "-- don't (\ninsert into a values ('it''s (', \"b\", 'c\\\\');\ncreate function f() returns int as $$ begin return (1; $$ language sql;\n",
    ],
    ["a.sql", "insert into a values ('it\\'s (fine)');\n"],
    [
      "a.html",
      '<!doctype html>\n<p>a < b & c > d <br/>\n<script>if (a < b) { "</p" }</script>\n<a href="{{ url_for("x") }}" data-a=\'>\'>don\'t</a>\n',
    ],
    ["a.txt", "((("],
    ["Makefile", "{"],
  ])("%s %j", (path, text) => {
    expect(find(path, text)).toEqual([]);
  });
});

test("malicious text gives a result without throwing, in bounded time", () => {
  const extension = fc.constantFrom(
    "py",
    "ts",
    "tsx",
    "js",
    "css",
    "json",
    "yaml",
    "toml",
    "prisma",
    "sql",
    "html",
    "tsconfig.json",
  );
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom(
      "{",
      "[",
      "(",
      "<a ",
      "<!--",
      '"',
      "'",
      "`",
      "/*",
      "$$",
      "\n",
      "  ",
      "a: ",
      "\\",
      "${",
      "&",
      ">`",
      "<script>",
      "- ",
      "#",
    ),
  );
  fc.assert(
    fc.property(extension, fc.array(fc.tuple(piece, fc.constantFrom(1, 1, 40)), { maxLength: 12 }), (name, pieces) => {
      const text = pieces.map(([part, times]) => part.repeat(times)).join("");
      for (const { line } of findSyntaxFaults({ path: `a.${name}`, text, sourceParser })) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(text.split(/\n|\r/).length + 1);
      }
    }),
    { numRuns: 1_000 },
  );
});

test.each(["css", "json", "yaml", "toml", "prisma", "sql", "html", "ts"])(
  "deep and long %s is read in bounded time",
  (extension) => {
    const startedMs = performance.now();
    for (const piece of [
      "[",
      "{",
      "(",
      "<a ",
      "<!-",
      "$a",
      "a: ",
      "- ",
      ">`",
      "'",
      '="',
      "url(a",
      "/*",
      "\n",
      " ",
      ", ",
      "x <in ",
    ])
      findSyntaxFaults({ path: `a.${extension}`, text: `(${piece.repeat(8_000)}`, sourceParser });
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  },
  60_000,
);
