import { describe, expect, test } from "vitest";
import { sortProjects } from "./sort-projects.ts";

const project = (name: string, generationCount: number, day: number, openedDay: number) => ({
  name,
  generationCount,
  updatedAt: `2026-01-0${day}T00:00:00.000Z`,
  openedAt: `2026-01-0${openedDay}T00:00:00.000Z`,
});
const projects = [project("b", 1, 2, 9), project("a", 3, 1, 7), project("c", 1, 3, 8)];

describe("sortProjects", () => {
  test.each([
    ["updated", "cba"],
    ["opened", "bca"],
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
