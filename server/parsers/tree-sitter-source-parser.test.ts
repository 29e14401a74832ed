import { expect, test } from "vitest";
import { loadSourceParser } from "./tree-sitter-source-parser.ts";

const parser = await loadSourceParser();

test.each([
  ["python", "class A:\n    x = 1\n", "class_definition"],
  ["typescript", "interface A { x: number }", "interface_declaration"],
  ["tsx", "const a = <div>hi</div>;", "lexical_declaration"],
  ["javascript", "function f() {}", "function_declaration"],
  ["css", "a { color: red }", "rule_set"],
  ["c-sharp", "class A { }", "class_declaration"],
  ["go", "package a", "package_clause"],
  ["java", "class A {}", "class_declaration"],
  ["php", "<?php function f() {}", "php_tag"],
  ["ruby", "def f; end", "method"],
  ["rust", "fn f() {}", "function_item"],
] as const)("%s has its grammar", (language, text, type) => {
  const read = parser.withTree({ language, text }, (root) => ({
    type: root.firstNamedChild?.type,
    hasError: root.hasError,
  }));
  expect(read).toEqual({ type, hasError: false });
});

test("the parser is loaded once", async () => {
  expect(await loadSourceParser()).toBe(parser);
});

test("broken text gives a tree with error nodes", () => {
  expect(parser.withTree({ language: "typescript", text: "class {{{ \0 \ud800" }, (root) => root.hasError)).toBe(true);
});

test("positions count UTF-16 code units, so that they index the text", () => {
  const text = "title = '😀'; body = 1";
  const starts = parser.withTree({ language: "python", text }, (root) =>
    root.descendantsOfType("identifier").map((node) => text.slice(node.startIndex, node.endIndex)),
  );
  expect(starts).toEqual(["title", "body"]);
});

test("trees may nest, because a read can parse another text", () => {
  const inner = parser.withTree({ language: "python", text: "a = 1" }, (outer) => {
    parser.withTree({ language: "python", text: "b = 2\nc = 3" }, (root) => root.text);
    return outer.text;
  });
  expect(inner).toBe("a = 1");
});
