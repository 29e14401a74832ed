import { limits } from "#lib/contracts/limits.ts";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelOutput } from "#lib/contracts/model.ts";

/** The models that answer one prompt side by side; empty if a single answer is requested. */
export type CandidateList = readonly ModelId[];

/** The first two: the chosen model, and another one if available. */
export function beginCandidates({
  models,
  chosen,
}: {
  models: readonly ModelOutput[];
  chosen: ModelId | undefined;
}): CandidateList {
  const available = listAvailable(models);
  const first = chosen ?? available[0];
  if (first === undefined) return [];
  return [first, available.find((modelId) => modelId !== first) ?? first];
}

/** Adds one while there is room: a model that does not answer yet, or else the last one again. */
export function addCandidate({ list, models }: { list: CandidateList; models: readonly ModelOutput[] }): CandidateList {
  const last = list.at(-1);
  if (list.length >= limits.candidates || last === undefined) return list;
  const unused = listAvailable(models).find((modelId) => !list.includes(modelId));
  return [...list, unused ?? last];
}

/** The built-in generator comes last, because it can answer few prompts. */
function listAvailable(models: readonly ModelOutput[]): ModelId[] {
  const available = models.filter(({ isAvailable }) => isAvailable);
  const isRuleBased = ({ provider }: ModelOutput) => provider === "builtin";
  return [...available.filter((model) => !isRuleBased(model)), ...available.filter(isRuleBased)].map(
    ({ modelId }) => modelId,
  );
}

export function replaceCandidate({
  list,
  place,
  modelId,
}: {
  list: CandidateList;
  place: number;
  modelId: ModelId;
}): CandidateList {
  return list.map((each, index) => (index === place ? modelId : each));
}

/** Removes the candidate at `place`. A single remaining one is not a candidate. */
export function removeCandidate({ list, place }: { list: CandidateList; place: number }): CandidateList {
  const rest = list.filter((_, index) => index !== place);
  return rest.length < 2 ? [] : rest;
}
