import { expect, test } from "vitest";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { readModule } from "./read-module.ts";

const parser = await loadSourceParser();
const read = (text: string) => readModule({ path: "lib/a/x.ts", text, parser });

test.each([
  ['import { a, type B as C } from "./y.ts";', "lib/a/y.ts", ["a", "B"]],
  ['import type { A } from "../y.ts";', "lib/y.ts", ["A"]],
  ['import z, { a } from "zod";', "zod", ["default", "a"]],
  ['import * as y from "#lib/y.ts";', "lib/y.ts", ["*"]],
  ['import "./y.ts";', "lib/a/y.ts", []],
  ['export { a as b } from "./y.ts";', "lib/a/y.ts", ["a"]],
  ['export * from "./y.ts";', "lib/a/y.ts", ["*"]],
  ['export * as y from "./y.ts";', "lib/a/y.ts", ["*"]],
])("%s takes from %s", (text, target, names) => {
  expect(read(text).imports).toEqual([{ target, isType: text.startsWith("import type"), names }]);
});

test("an import at run time takes every name that its module has", () => {
  const [loaded] = read('const load = () => import("./y.ts").then(({ a }) => a);').imports;
  expect(loaded).toMatchObject({ target: "lib/a/y.ts", isType: false });
  expect(loaded?.names).toContain("a");
  expect(loaded?.names).not.toContain("b");
});

test.each([
  ["export const a = 1, b = 2;", ["a", "b"]],
  ["export const { a, b: { c } } = d;", ["a", "c"]],
  ["export async function a() {}", ["a"]],
  ["export function* a() {}", ["a"]],
  ["export abstract class A {}", ["A"]],
  ["export type A = { b: 1 };", ["A"]],
  ["export interface A {}", ["A"]],
  ["export default function a() {}", ["default"]],
  ["const a = 1, b = 2; export { a, b as c };", ["a", "c"]],
  ["type A = 1; export type { A };", ["A"]],
  ['export { a as b } from "./y.ts";', ["b"]],
  ["const a = () => { const b = 1; };", []],
])("%s", (text, names) => {
  expect(read(text).exports).toEqual(names);
});
