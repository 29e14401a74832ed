import { describe, expect, test } from "vitest";
import { layOutLanes } from "./lay-out-lanes.ts";

describe("layOutLanes", () => {
  test("keeps a line of versions in one column", () => {
    expect(
      layOutLanes([
        { id: "3", parentIds: ["2"] },
        { id: "2", parentIds: ["1"] },
        { id: "1", parentIds: [] },
      ]).map(({ lane, laneCount }) => [lane, laneCount]),
    ).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  test("gives a branch its own column, which ends in the common parent", () => {
    const rows = layOutLanes([
      { id: "4", parentIds: ["1"] },
      { id: "3", parentIds: ["2"] },
      { id: "2", parentIds: ["1"] },
      { id: "1", parentIds: [] },
    ]);
    expect(rows.map(({ lane }) => lane)).toEqual([0, 1, 1, 0]);
    expect(rows[2]?.down).toEqual([0]);
    expect(rows[3]?.up).toEqual([0]);
  });

  test("reuses a free column", () => {
    const rows = layOutLanes([
      { id: "5", parentIds: ["4"] },
      { id: "b", parentIds: ["4"] },
      { id: "4", parentIds: ["2"] },
      { id: "c", parentIds: ["2"] },
      { id: "2", parentIds: [] },
    ]);
    expect(Math.max(...rows.map(({ laneCount }) => laneCount))).toBe(2);
  });

  test("lays out 5,000 versions with branches", () => {
    const versions = Array.from({ length: 5_000 }, (_, index) => ({
      id: String(5_000 - index),
      parentIds: index === 4_999 ? [] : [String(Math.max(1, 5_000 - index - 1 - (index % 7 === 0 ? 3 : 0)))],
    }));
    const startedAt = performance.now();
    const rows = layOutLanes(versions);
    console.log(`5,000 versions: ${(performance.now() - startedAt).toFixed(1)} ms`);
    expect(rows).toHaveLength(5_000);
  });
});
