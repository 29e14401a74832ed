import { afterEach, expect, test } from "vitest";
import { createColourist } from "./colourist.ts";

const errors: Error[] = [];
const colourist = createColourist({ onError: (error) => errors.push(error) });

afterEach(() => colourist.close());

test("every line is covered by its pairs, in both themes", async () => {
  const text = ["/* a comment that", "   goes on */ const a = `one", "  ${two} three`;", "", "\tif (a) return 1;"].join(
    "\n",
  );
  const colours = await colourist.colour({ path: "src/a.ts", text });
  expect(
    colours?.lines.map((line) => line.filter((_, index) => index % 2 === 0).reduce((sum, length) => sum + length, 0)),
  ).toEqual(text.split("\n").map(({ length }) => length));
  expect(
    colours?.styles.every((style) => style.includes("--diffs-token-light:#") && style.includes("--diffs-token-dark:#")),
  ).toBe(true);
  // The second line begins within the comment of the first: in its colour, to the end of the comment and the space behind it.
  expect(colours?.lines[1]?.slice(0, 2)).toEqual(["   goes on */ ".length, colours?.lines[0]?.[1]]);
});

test("many requests are answered, each with its own", async () => {
  const answers = await Promise.all(
    ["a.py", "b.css", "LICENSE", "d.prisma"].map((path) => colourist.colour({ path, text: "x = 1\n" })),
  );
  expect(answers.map((colours) => colours?.lines.length)).toEqual([2, 2, 0, 2]);
  expect(errors).toEqual([]);
});

test("what waits when it is closed is told so", async () => {
  const waiting = ["a.ts", "b.ts"].map((path) => colourist.colour({ path, text: "let a;\n".repeat(20_000) }));
  const ends = Promise.allSettled(waiting);
  await colourist.close();
  expect((await ends).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});
