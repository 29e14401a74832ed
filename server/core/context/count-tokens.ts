/** Source and JSON have 3.2 to 4.4 bytes per token with current tokenizers (measured); 4 is the usual estimate. */
export const bytesPerToken = 4;

/** Estimates a text's tokens from its UTF-8 bytes. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}
