/** Source and JSON measure 3.2 to 4.4 bytes a token with current tokenizers; 4 is the usual estimate. */
export const bytesPerToken = 4;

/** The estimate of a text's tokens, from its UTF-8 bytes. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}
