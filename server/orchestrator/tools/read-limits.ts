/** The maximum size of a file that a model is shown at once; a larger one is read in parts and not searched. */
export const maxReadBytes = 200_000;
