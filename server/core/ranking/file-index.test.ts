import fc from "fast-check";
import { expect, test } from "vitest";
import { collapseBlanks } from "./collapse-blanks.ts";
import { buildFileIndex } from "./file-index.ts";

const paths = ["a.ts", "a.py", "a.go", "a.rs", "a.java", "a.css", "a.html", "a.rb", "a.php", "a.c", "a.cs", "a.md"];
/** A backtracking pattern would not finish on one of these. */
const units = [
  " ",
  "\n",
  "\t ",
  " \n",
  "a ",
  "\n public",
  " get",
  "\n get\n",
  "a:",
  "):",
  "a(",
  "import ",
  "\nuse ",
  "'",
];
units.push(
  "require(",
  "require ",
  '\nrequire "',
  "{%",
  "#include ",
  "class ",
  "export {a",
  "throws a,",
  "a=",
  "\n a()\n",
);

test.each(paths)("indexes a large %s of repeated declaration prefixes", (path) => {
  for (const unit of units)
    for (const start of ["", "\n  a():"]) {
      const text = start + unit.repeat(120_000 / unit.length);
      expect(buildFileIndex({ path, text }).imports.length).toBeLessThanOrEqual(200);
    }
});

test("property: collapsing blanks keeps words, line starts and indentation", () => {
  const blanks = fc.stringMatching(/^[ \t\r\n]{0,6}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(blanks, fc.stringMatching(/^[a-z]{1,4}$/)), { maxLength: 20 }), (pieces) => {
      const text = pieces.flat().join("");
      const dense = collapseBlanks(text);
      expect(dense.split(/\s+/)).toEqual(text.split(/\s+/));
      expect(dense).not.toMatch(/[ \t\r]{2}|\n\s*\n/);
      expect(dense.match(/\n(?=\w)/g)?.length).toBe(text.match(/\n(?=\w)/g)?.length);
      expect(dense.match(/\n[ \t]+\w/g)?.length).toBe(text.match(/\n[ \t\r]+\w/g)?.length);
    }),
  );
});
