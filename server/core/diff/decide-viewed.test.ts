import { expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { decideViewed, type ContentPair, type ViewedMark } from "./decide-viewed.ts";

const mark = ({ oldHash, newHash, at }: { oldHash: string | null; newHash: string | null; at: number }) => ({
  oldHash,
  newHash,
  generationId: `g${at}` as GenerationId,
  viewedAt: new Date(at),
});

/** All marks are from versions between the two, unless listed otherwise. */
const decide = ({ pair, marks, between }: { pair: ContentPair; marks: ViewedMark[]; between?: string[] }) =>
  decideViewed({
    pair,
    marks,
    between: new Set((between ?? marks.map(({ generationId }) => generationId)) as GenerationId[]),
  });

test("the same two contents are viewed, whatever was viewed later", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 1 }), mark({ oldHash: "b", newHash: "c", at: 2 })];
  expect(decide({ pair: { oldHash: "a", newHash: "b" }, marks })).toEqual({ state: "viewed" });
});

test("a viewed content that is on neither side means changed since", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 1 })];
  expect(decide({ pair: { oldHash: "a", newHash: "c" }, marks })).toEqual({
    state: "changed-since",
    seenIn: "g1",
  });
});

test("says nothing if the comparison shows the change itself", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 1 })];
  expect(decide({ pair: { oldHash: "b", newHash: "c" }, marks })).toBeNull();
  expect(decide({ pair: { oldHash: "z", newHash: "b" }, marks })).toBeNull();
});

test("only the last viewed content counts", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 5 }), mark({ oldHash: "a", newHash: "c", at: 9 })];
  expect(decide({ pair: { oldHash: "c", newHash: "d" }, marks })).toBeNull();
  expect(decide({ pair: { oldHash: "b", newHash: "d" }, marks })).toEqual({
    state: "changed-since",
    seenIn: "g9",
  });
});

test("a deleted or new file has a side without content", () => {
  const marks = [mark({ oldHash: "a", newHash: null, at: 1 })];
  expect(decide({ pair: { oldHash: "a", newHash: null }, marks })).toEqual({ state: "viewed" });
  expect(decide({ pair: { oldHash: null, newHash: "a" }, marks })).toBeNull();
  expect(decide({ pair: { oldHash: "b", newHash: "a" }, marks })).toEqual({
    state: "changed-since",
    seenIn: "g1",
  });
  expect(decide({ pair: { oldHash: "b", newHash: "a" }, marks: [] })).toBeNull();
});

test("a file last viewed in an unrelated comparison is not called changed", () => {
  const marks = [mark({ oldHash: "x", newHash: "y", at: 1 })];
  expect(decide({ pair: { oldHash: "a", newHash: "b" }, marks, between: [] })).toBeNull();
  expect(decide({ pair: { oldHash: "a", newHash: "b" }, marks, between: ["g1"] })).toMatchObject({ seenIn: "g1" });
});

test("another change of the same old content, in any version, counts", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 1 }), mark({ oldHash: "x", newHash: "y", at: 9 })];
  expect(decide({ pair: { oldHash: "a", newHash: "c" }, marks, between: [] })).toEqual({
    state: "changed-since",
    seenIn: "g1",
  });
});
