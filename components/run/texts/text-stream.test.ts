import { expect, it } from "vitest";
import { TextStream } from "./text-stream.ts";

it("gives a reader only new text", () => {
  const stream = new TextStream();
  stream.append("one ");
  const first = stream.readSince(null);
  expect(first).toMatchObject({ text: "one ", isAnew: true });
  expect(stream.readSince(first.position)).toMatchObject({ text: "", isAnew: false });
  stream.append("two ");
  stream.append("three");
  expect(stream.readSince(first.position)).toMatchObject({ text: "two three", isAnew: false });
  expect(stream.readSince(null).text).toBe("one two three");
});

it("tells a reader that the text restarted", () => {
  const stream = new TextStream();
  stream.append("first draft");
  const { position } = stream.readSince(null);
  stream.reset();
  stream.append("second");
  expect(stream.readSince(position)).toMatchObject({ text: "second", isAnew: true });
});

it.each([
  [[], 0],
  [["a"], 1],
  [["a\n"], 1],
  [["a\nb"], 2],
  [["a", "\n", "b\n", "c\n"], 3],
  [["\n\n"], 2],
])("counts the lines of %j: %d", (chunks, lineCount) => {
  const stream = new TextStream();
  for (const chunk of chunks) stream.append(chunk);
  expect(stream.lineCount).toBe(lineCount);
});

it("its end is read without the rest", () => {
  const stream = new TextStream();
  expect(stream.readEnd(5)).toBe("");
  for (const chunk of ["one ", "two ", "three"]) stream.append(chunk);
  expect(stream.readEnd(3)).toBe("ree");
  expect(stream.readEnd(7)).toBe("o three");
  expect(stream.readEnd(100)).toBe("one two three");
});
