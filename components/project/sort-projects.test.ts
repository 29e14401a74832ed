import { describe, expect, test } from "vitest";
import { sortProjects } from "./sort-projects.ts";

const project = (name: string, generationCount: number, updatedAt: string) => ({ name, generationCount, updatedAt });
const projects = [
  project("b", 1, "2026-01-02T00:00:00.000Z"),
  project("a", 3, "2026-01-01T00:00:00.000Z"),
  project("c", 1, "2026-01-03T00:00:00.000Z"),
];

describe("sortProjects", () => {
  test.each([
    ["updated", "cba"],
    ["name", "abc"],
    ["versions", "abc"],
  ] as const)("%s", (order, names) => {
    expect(
      sortProjects({ projects, order })
        .map(({ name }) => name)
        .join(""),
    ).toBe(names);
  });
});
