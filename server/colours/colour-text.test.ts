import { expect, test } from "vitest";
import { colourText } from "./colour-text.ts";

test("every line is covered by its pairs, in both themes", async () => {
  const text = ["/* a comment that", "   goes on */ const a = `one", "  ${two} three`;", "", "\tif (a) return 1;"].join(
    "\n",
  );
  const colours = await colourText({ path: "src/a.ts", text });
  expect(
    colours.lines.map((line) => line.filter((_, index) => index % 2 === 0).reduce((sum, length) => sum + length, 0)),
  ).toEqual(text.split("\n").map(({ length }) => length));
  expect(
    colours.styles.every((style) => style.includes("--diffs-token-light:#") && style.includes("--diffs-token-dark:#")),
  ).toBe(true);
  // The second line begins within the comment of the first and has its colour up to the end of the comment and the
  // space after it.
  expect(colours.lines[1]?.slice(0, 2)).toEqual(["   goes on */ ".length, colours.lines[0]?.[1]]);
});

test("a text without a known language has no colours", async () => {
  const lineCounts = await Promise.all(
    ["a.py", "b.css", "LICENSE", "d.prisma"].map(async (path) => (await colourText({ path, text: "x = 1\n" })).lines),
  );
  expect(lineCounts.map(({ length }) => length)).toEqual([2, 2, 0, 2]);
});
