import { expect, test } from "vitest";
import { listBranch } from "./list-branch.ts";
import { makeVersion, versionId } from "../testing/make-version.ts";

/** v1, v2, v3; v4 and v6 from v2; v5 from v4. */
const versions = [
  makeVersion({ version: 6, parent: 2 }),
  makeVersion({ version: 5, parent: 4 }),
  makeVersion({ version: 4, parent: 2 }),
  makeVersion({ version: 3, parent: 2 }),
  makeVersion({ version: 2, parent: 1 }),
  makeVersion({ version: 1 }),
];

test.each([
  [5, [1, 2, 4, 5]],
  [4, [1, 2, 4, 5]],
  [3, [1, 2, 3]],
  [2, [1, 2, 3, 4, 5, 6]],
  [1, [1, 2, 3, 4, 5, 6]],
])("the branch of v%i is %j", (of, expected) => {
  const branch = listBranch({ versions, of: versionId(of) });
  expect(
    versions
      .filter(({ generationId }) => branch.has(generationId))
      .map(({ version }) => version)
      .toReversed(),
  ).toEqual(expected);
});

test("a version with unloaded ancestors is on a branch all the same", () => {
  expect([...listBranch({ versions: versions.slice(0, 3), of: versionId(5) })]).toEqual([
    versionId(5),
    versionId(4),
    versionId(2),
  ]);
});
