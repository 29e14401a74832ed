import { expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { decideViewed } from "./decide-viewed.ts";

const mark = ({ oldHash, newHash, at }: { oldHash: string | null; newHash: string | null; at: number }) => ({
  oldHash,
  newHash,
  generationId: `g${at}` as GenerationId,
  viewedAt: new Date(at),
});

test("the same two contents are viewed, whatever was viewed later", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 1 }), mark({ oldHash: "b", newHash: "c", at: 2 })];
  expect(decideViewed({ pair: { oldHash: "a", newHash: "b" }, marks })).toEqual({ state: "viewed" });
});

test("a viewed content that is on neither side means changed since", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 1 })];
  expect(decideViewed({ pair: { oldHash: "a", newHash: "c" }, marks })).toEqual({
    state: "changed-since",
    seenIn: "g1",
  });
});

test("says nothing if the comparison shows the change itself", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 1 })];
  expect(decideViewed({ pair: { oldHash: "b", newHash: "c" }, marks })).toBeNull();
  expect(decideViewed({ pair: { oldHash: "z", newHash: "b" }, marks })).toBeNull();
});

test("only the last viewed content counts", () => {
  const marks = [mark({ oldHash: "a", newHash: "b", at: 5 }), mark({ oldHash: "a", newHash: "c", at: 9 })];
  expect(decideViewed({ pair: { oldHash: "c", newHash: "d" }, marks })).toBeNull();
  expect(decideViewed({ pair: { oldHash: "b", newHash: "d" }, marks })).toEqual({
    state: "changed-since",
    seenIn: "g9",
  });
});

test("a deleted or new file has a side without content", () => {
  const marks = [mark({ oldHash: "a", newHash: null, at: 1 })];
  expect(decideViewed({ pair: { oldHash: "a", newHash: null }, marks })).toEqual({ state: "viewed" });
  expect(decideViewed({ pair: { oldHash: null, newHash: "a" }, marks })).toBeNull();
  expect(decideViewed({ pair: { oldHash: "b", newHash: "a" }, marks })).toEqual({
    state: "changed-since",
    seenIn: "g1",
  });
  expect(decideViewed({ pair: { oldHash: "b", newHash: "a" }, marks: [] })).toBeNull();
});
