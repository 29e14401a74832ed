import { describe, expect, test } from "vitest";
import { edit, playCalls, read, write } from "#server/testing/play-run.ts";

/** Per language: a function, one that calls it, and one that the prompt is about. */
type Language = { path: string; parts: [called: string, calling: string, third: string]; around?: [string, string] };

const languages: readonly Language[] = [
  {
    path: "a.kt",
    parts: [
      "fun total(a: Int): Int {\n    return a + 1\n}\n",
      "fun list(): Int {\n    return total(2)\n}\n",
      "fun size(): Int {\n    return 3\n}\n",
    ],
  },
  {
    path: "a.swift",
    parts: [
      "func total(a: Int) -> Int {\n    return a + 1\n}\n",
      "func list() -> Int {\n    return total(a: 2)\n}\n",
      "func size() -> Int {\n    return 3\n}\n",
    ],
  },
  {
    path: "a.ex",
    parts: [
      "  def total(a) do\n    a + 1\n  end\n",
      "  def list() do\n    total(2)\n  end\n",
      "  def size() do\n    3\n  end\n",
    ],
    around: ["defmodule A do\n", "end\n"],
  },
  {
    path: "a.lua",
    parts: [
      "function total(a)\n  return a + 1\nend\n",
      "function list()\n  return total(2)\nend\n",
      "function size()\n  return 3\nend\n",
    ],
  },
  {
    path: "a.sh",
    parts: ["total() {\n  echo $(( $1 + 1 ))\n}\n", "list() {\n  total 2\n}\n", "size() {\n  echo 3\n}\n"],
  },
  {
    path: "a.c",
    parts: [
      "int total(int a) {\n  return a + 1;\n}\n",
      "int list(void) {\n  return total(2);\n}\n",
      "int size(void) {\n  return 3;\n}\n",
    ],
  },
  {
    path: "a.go",
    parts: [
      "func total(a int) int {\n\treturn a + 1\n}\n",
      "func List() int {\n\treturn total(2)\n}\n",
      "func Size() int {\n\treturn 3\n}\n",
    ],
    around: ["package a\n\n", ""],
  },
  {
    path: "a.rs",
    parts: [
      "fn total(a: i32) -> i32 {\n    a + 1\n}\n",
      "pub fn list() -> i32 {\n    total(2)\n}\n",
      "pub fn size() -> i32 {\n    3\n}\n",
    ],
  },
  {
    path: "a.php",
    parts: [
      "function total($a) {\n    return $a + 1;\n}\n",
      "function list_all() {\n    return total(2);\n}\n",
      "function size() {\n    return 3;\n}\n",
    ],
    around: ["<?php\n\n", ""],
  },
  {
    path: "a.rb",
    parts: ["def total(a)\n  a + 1\nend\n", "def list\n  total(2)\nend\n", "def size\n  3\nend\n"],
  },
  {
    path: "a.py",
    parts: [
      "def größe(a):\n    return a + 1\n",
      "def list_all():\n    return größe(2)\n",
      "def size():\n    return 3\n",
    ],
  },
  {
    path: "a.ts",
    parts: [
      "function total(a: number): number {\n  return a + 1;\n}\n",
      "export function list(): number {\n  return total(2);\n}\n",
      "export function size(): number {\n  return 3;\n}\n",
    ],
  },
  {
    path: "A.java",
    parts: [
      "  private static int total(int a) {\n    return a + 1;\n  }\n",
      "  static int list() {\n    return total(2);\n  }\n",
      "  static int size() {\n    return 3;\n  }\n",
    ],
    around: ["class A {\n", "}\n"],
  },
  {
    path: "A.cs",
    parts: [
      "  static int Total(int a) {\n    return a + 1;\n  }\n",
      "  static int List() {\n    return Total(2);\n  }\n",
      "  static int Size() {\n    return 3;\n  }\n",
    ],
    around: ["class A {\n", "}\n"],
  },
];

describe.each(languages)("$path written whole", ({ path, parts: [called, calling, third], around = ["", ""] }) => {
  const join = (...parts: string[]) => around[0] + parts.join("\n") + around[1];
  const parent = { [path]: join(called, calling, third) };
  const changed = third.replace("3", "4");
  const play = (text: string) =>
    playCalls({ parent, prompt: "Let the size be four", turns: [[read(path)], [write(path, text)]] });

  test("passes with everything that it had", async () => {
    const text = join(called, calling, changed);
    expect(await play(text)).toEqual({ [path]: text });
  });

  test("is held if a function that is called is missing", async () => {
    expect(await play(join(calling, changed))).toBe("held");
  });
});

describe("another text over a file of a line or two", () => {
  const play = ({ path, before, after, prompt }: { path: string; before: string; after: string; prompt: string }) =>
    playCalls({
      parent: { [path]: before, "x.py": "A = 1\n" },
      prompt,
      turns: [[read(path)], [write(path, after), edit("x.py", ["A = 1", "A = 2"])]],
    });

  test.each([
    ["VERSION", "1.4.2\n", "All done, the version is fine\n"],
    ["runtime.txt", "python-3.12\n", "def main():\n    pass\n"],
    ["Procfile", "web: gunicorn app:app\n", "Added the health route.\n"],
    ["CNAME", "example.com\n", "see above\n"],
  ])("%s is held", async (path, before, after) => {
    expect(await play({ path, before, after, prompt: "Add a health route" })).toBe("held");
  });

  test.each([
    ["VERSION", "1.4.2\n", "1.5.0\n", "Release 1.5"],
    [".nvmrc", "18\n", "20\n", "Use Node 20"],
    ["Procfile", "web: gunicorn app:app\n", "web: uvicorn app:app\n", "Serve with uvicorn"],
    ["robots.txt", "User-agent: *\n", "User-agent: *\nDisallow: /admin\n", "Hide admin"],
    ["a.txt", "old\n", "new\n", "Put new into a.txt"],
  ])("%s passes if it is intended", async (path, before, after, prompt) => {
    expect(await play({ path, before, after, prompt })).toEqual({ [path]: after, "x.py": "A = 2\n" });
  });
});
