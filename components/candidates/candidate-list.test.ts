import { expect, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelOutput } from "#lib/contracts/model.ts";
import { addCandidate, beginCandidates, removeCandidate, replaceCandidate } from "./candidate-list.ts";

const toModel = (name: string, isAvailable = true): ModelOutput => ({
  modelId: `openai:${name}` as ModelId,
  label: name,
  provider: "openai",
  isAvailable,
  supportsTools: true,
  supportsImages: true,
  isDefault: false,
});
const models = [toModel("a"), toModel("gone", false), toModel("b")];
const [a, , b] = models.map(({ modelId }) => modelId) as [ModelId, ModelId, ModelId];

test("begins with the chosen model and another callable one", () => {
  expect(beginCandidates({ models, chosen: b })).toEqual([b, a]);
  expect(beginCandidates({ models, chosen: undefined })).toEqual([a, b]);
  expect(beginCandidates({ models: [toModel("a")], chosen: a })).toEqual([a, a]);
  expect(beginCandidates({ models: [], chosen: undefined })).toEqual([]);
});

test("uses the built-in generator last", () => {
  const scaffold: ModelOutput = { ...toModel("scaffold"), provider: "builtin" };
  expect(beginCandidates({ models: [scaffold, ...models], chosen: undefined })).toEqual([a, b]);
  expect(beginCandidates({ models: [scaffold, toModel("a")], chosen: a })).toEqual([a, scaffold.modelId]);
});

test("adds at most five, models that do not answer yet first", () => {
  let list = beginCandidates({ models, chosen: a });
  for (let index = 0; index < 5; index += 1) list = addCandidate({ list, models });
  expect(list).toEqual([a, b, b, b, b]);
});

test("a candidate is replaced and removed by its index, and a single one is not a candidate", () => {
  expect(replaceCandidate({ list: [a, b], place: 1, modelId: a })).toEqual([a, a]);
  expect(removeCandidate({ list: [a, b, a], place: 0 })).toEqual([b, a]);
  expect(removeCandidate({ list: [a, b], place: 0 })).toEqual([]);
});
