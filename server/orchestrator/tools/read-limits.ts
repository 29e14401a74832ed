/** The most bytes that a model is shown of one file at once; a longer one is read in parts and not searched. */
export const maxReadBytes = 200_000;
