/** Words between a field and its possible values. */
export const choiceWords = /^(?:of|among|from|being|enum|values|options|choices|value|either|between|one)$/;
