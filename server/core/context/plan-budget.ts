/** The size of a run's first request and of each of its parts. All in tokens. */
export type ContextBudget = {
  requestTokens: number;
  /** The budgets of the file list, the code schema and the project's own rules; unused parts are not redistributed. */
  listTokens: number;
  schemaTokens: number;
  rulesTokens: number;
};

/** Default limit: more context costs more attention and money than it helps, and the model can read more with tools. */
const defaultContextTokens = 32_000;
/** A smaller request could not hold a prompt, a file list and one file. */
const minRequestTokens = 2_000;

const shareOfOutput = 0.25;
/** Tool results use the same window. */
const shareOfToolAnswers = 0.15;
const shareOfList = 0.12;
const shareOfSchema = 0.12;
const shareOfRules = 0.08;
const maxListTokens = 6_000;
const maxSchemaTokens = 4_000;
const maxRulesTokens = 4_000;

/**
 * The budget follows from the model's window, minus room for the answer and for tool results. `limitTokens` is the
 * user's setting.
 */
export function planBudget({
  contextTokens,
  maxOutputTokens,
  limitTokens,
}: {
  contextTokens: number;
  maxOutputTokens: number;
  limitTokens: number | null;
}): ContextBudget {
  const outputTokens = Math.min(maxOutputTokens, Math.floor(contextTokens * shareOfOutput));
  const roomTokens = contextTokens - outputTokens - Math.floor(contextTokens * shareOfToolAnswers);
  const requestTokens = Math.max(minRequestTokens, Math.min(roomTokens, limitTokens ?? defaultContextTokens));
  const share = (part: number, maximum: number) => Math.min(maximum, Math.floor(requestTokens * part));
  return {
    requestTokens,
    listTokens: share(shareOfList, maxListTokens),
    schemaTokens: share(shareOfSchema, maxSchemaTokens),
    rulesTokens: share(shareOfRules, maxRulesTokens),
  };
}
