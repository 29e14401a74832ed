import fc from "fast-check";
import { expect, test } from "vitest";
import { StreamedStrings } from "./streamed-strings.ts";

function collect(pieces: string[]): Record<string, string> {
  const reader = new StreamedStrings();
  const values: Record<string, string> = {};
  for (const piece of pieces)
    for (const { key, delta } of reader.push(piece)) values[key] = (values[key] ?? "") + delta;
  return values;
}

test("gives each value as written, however the JSON is split", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary" }),
      fc.array(fc.nat(200)),
      (path, content, cuts) => {
        const json = JSON.stringify({ path, other: [1, { deep: true }], content });
        const places = [0, ...cuts.filter((cut) => cut < json.length).sort((a, b) => a - b), json.length];
        const pieces = places.slice(1).map((end, index) => json.slice(places[index], end));
        expect(collect(pieces)).toEqual({ path, content });
      },
    ),
    { numRuns: 1_000 },
  );
});

test("gives the arrived part of an unfinished value", () => {
  const reader = new StreamedStrings();
  expect(reader.push('{"path":"a.ts","content":"one\\n')).toEqual([
    { key: "path", delta: "a.ts", isComplete: true },
    { key: "content", delta: "one\n", isComplete: false },
  ]);
  expect(reader.push('two"}')).toEqual([{ key: "content", delta: "two", isComplete: true }]);
});

test("reads the strings of nested edits", () => {
  expect(collect(['{"path":"a.ts","edits":[{"oldText":"x","newText":"y"},{"oldText":"p","newText":"q"}]}'])).toEqual({
    path: "a.ts",
    oldText: "xp",
    newText: "yq",
  });
});
