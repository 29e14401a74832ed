/** What the first request of a run may take, and how much of it is for which part. All in tokens. */
export type ContextBudget = {
  requestTokens: number;
  /** The list of files, the code schema, and the project's own rules; what one leaves is not given to another. */
  listTokens: number;
  schemaTokens: number;
  rulesTokens: number;
};

/** Without a setting: more context costs more attention and money than it brings, and the model reads on by tool. */
export const defaultContextTokens = 32_000;
/** A request below this could not hold a prompt, a list of files and one file. */
const minRequestTokens = 2_000;

const shareOfOutput = 0.25;
/** Answers of tools come into the same window. */
const shareOfToolAnswers = 0.15;
const shareOfList = 0.12;
const shareOfSchema = 0.12;
const shareOfRules = 0.08;
const maxListTokens = 6_000;
const maxSchemaTokens = 4_000;
const maxRulesTokens = 4_000;

/**
 * The budget follows from the model's window: what the answer and the answers of tools need is left free.
 * `limitTokens` is the user's setting.
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
