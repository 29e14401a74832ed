import { expect, test } from "vitest";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { findUses } from "./find-uses.ts";

const sourceParser = await loadSourceParser();
const isFree = (path: string, text: string) =>
  findUses({ path, text, names: ["total"], sourceParser })?.get("total")?.isFree;

test.each([
  ["a.ts", "run(total);", true],
  ["a.ts", "export const sum = () => total(1);", true],
  ["a.ts", "type A = total;", true],
  ["a.tsx", "const a = <total />;", true],
  ["a.ts", "a.total(); const b = { total: 1 };", false],
  ["a.ts", 'import { total } from "./total.ts"; total();', false],
  ["a.ts", 'import { sum as total } from "./total.ts"; total();', false],
  ["a.ts", 'import { total as sum } from "./total.ts"; sum(); total();', true],
  ["a.ts", 'import total from "./total.ts"; total();', false],
  ["a.ts", "function f(total: number) { return total; }", false],
  ["a.ts", "function f(total: number) { return total; } total();", true],
  ["a.ts", "const f = (total) => total;", false],
  ["a.ts", "const f = total => total;", false],
  ["a.ts", "const f = ({ total }: { total: number }) => total;", false],
  ["a.ts", "const f = ({ total = 1 }) => total;", false],
  ["a.ts", "const f = ({ sum = total }) => sum;", true],
  ["a.ts", "const f = ({ a: total }) => total;", false],
  ["a.ts", "function f() { const { total } = g(); return total; }", false],
  ["a.ts", "for (const total of totals) print(total);", false],
  ["a.ts", "for (const each of total) print(each);", true],
  ["a.ts", "try { f(); } catch (total) { print(total); }", false],
  ["a.ts", "return { total };", true],
  ["a.ts", "class A { total() { return this.total(); } }", false],
  ["a.ts", "const total = 1; function f() { return total; }", false],
  ["a.py", "print(total)\n", true],
  ["a.py", "a.total(total=1)\n", false],
  ["a.py", "from .sums import total\nprint(total)\n", false],
  ["a.py", "from .sums import sum as total\nprint(total)\n", false],
  ["a.py", "import total\ntotal.run()\n", false],
  ["a.py", "def f(total: int = 1):\n    return total\n", false],
  ["a.py", "def f(a=total):\n    return a\n", true],
  ["a.py", "def f():\n    total = 1\n    return total\n\nprint(total)\n", true],
  ["a.py", "def f():\n    total, b = 1, 2\n    return total\n", false],
  ["a.py", "print([total for total in totals])\n", false],
  ["a.py", "with f() as total:\n    print(total)\n", false],
  ["a.py", "@total\ndef f():\n    pass\n", true],
  ["a.py", "print(f'{total}')\n", true],
])("in %s: %s", (path, text, expected) => {
  expect(isFree(path, text)).toBe(expected);
});

test("members follow a dot or are destructured; a key creates a value with one", () => {
  const isMember = (path: string, text: string) =>
    findUses({ path, text, names: ["total"], sourceParser })?.get("total")?.isMember;
  expect(isMember("a.ts", "order.total();")).toBe(true);
  expect(isMember("a.ts", "const { total } = order;")).toBe(true);
  expect(isMember("a.ts", "total();")).toBe(false);
  expect(isMember("a.py", "order.total()\n")).toBe(true);
  expect(isMember("a.py", "total()\n")).toBe(false);
  expect(isMember("a.go", "order.Total()\n")).toBe(undefined);
  expect(isMember("a.ts", "const { total: sum } = order;")).toBe(true);
  expect(isMember("a.ts", "print({ total: 1 });")).toBe(false);
  expect(isMember("a.ts", "print({ total });")).toBe(false);
  expect(isMember("a.py", "order(total=1)\n")).toBe(false);
});

test("a private member differs from a public one with its name", () => {
  const names = ["#total", "total"];
  const uses = (text: string) => findUses({ path: "a.ts", text, names, sourceParser });
  expect([...(uses("class A { sum() { return this.#total(); } }")?.keys() ?? [])]).toEqual(["#total"]);
  expect([...(uses("class A { sum() { return this.order.total(); } }")?.keys() ?? [])]).toEqual(["total"]);
});
