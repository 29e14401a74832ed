/** Words between a field and the values that it may have. */
export const choiceWords = /^(?:of|among|from|being|enum|values|options|choices|value|either|between|one)$/;
