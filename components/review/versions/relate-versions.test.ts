import { expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { relate } from "./relate-versions.ts";

const id = (version: number) => `g${version}` as GenerationId;
const node = (version: number, ...parents: number[]): Parameters<typeof relate>[0]["to"] => ({
  generationId: id(version),
  version,
  parentGenerationIds: parents.map(id),
});

const versions = [node(1), node(2, 1), node(3, 2), node(4, 2), node(5, 4), node(6, 3, 5)];
const byId = new Map(versions.map((version) => [version.generationId, version]));
const at = (version: number) => byId.get(id(version)) ?? node(version);

test.each([
  [3, 2, "parent"],
  [2, 3, null],
  [3, 4, "sibling"],
  [6, 5, "parent"],
  [5, 3, null],
  [1, 1, null],
] as const)("to v%i, v%i is %s", (to, other, expected) => {
  expect(relate({ to: at(to), other: at(other) })).toBe(expected);
});
