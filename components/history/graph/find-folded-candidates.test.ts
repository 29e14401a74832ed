import { expect, test } from "vitest";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import { makeVersion, versionId } from "../testing/make-version.ts";
import { findBranches } from "./find-branches.ts";
import { findFoldedCandidates } from "./find-folded-candidates.ts";

const inSet = (version: GenerationOutput): GenerationOutput => ({ ...version, candidateSetId: "set" });
const one = makeVersion({ version: 1 });
const two = inSet(makeVersion({ version: 2, parent: 1 }));
const three = inSet(makeVersion({ version: 3, parent: 1 }));
const find = (versions: GenerationOutput[]) => findFoldedCandidates({ versions, branches: findBranches(versions) });

test("answers are folded at their place once one of them was chosen", () => {
  expect(find([three, { ...two, isHead: true }, one])).toEqual(new Set([versionId(1)]));
  expect(find([makeVersion({ version: 4, parent: 2, isHead: true }), three, two, one])).toEqual(
    new Set([versionId(1)]),
  );
});

test("answers without a chosen one stay open, and so does a place with another branch", () => {
  expect(find([three, two, { ...one, isHead: true }])).toEqual(new Set());
  expect(find([makeVersion({ version: 4, parent: 1 }), three, { ...two, isHead: true }, one])).toEqual(new Set());
  expect(find([makeVersion({ version: 4, parent: 3 }), three, { ...two, isHead: true }, one])).toEqual(new Set());
});
