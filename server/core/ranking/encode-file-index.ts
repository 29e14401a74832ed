import type { FileIndex } from "./file-index.ts";

/** An index as JSON, for storage. */
export type EncodedFileIndex = {
  wordCount: number;
  words: string;
  frequencies: string;
  symbolWords: string;
  symbols: string;
  imports: string[];
};

export function encodeFileIndex(index: FileIndex): EncodedFileIndex {
  return {
    wordCount: index.wordCount,
    words: toBase64(index.words),
    frequencies: toBase64(index.frequencies),
    symbolWords: toBase64(index.symbolWords),
    symbols: toBase64(index.symbols),
    imports: index.imports,
  };
}

export function decodeFileIndex(encoded: EncodedFileIndex): FileIndex {
  return {
    wordCount: encoded.wordCount,
    words: toWords(encoded.words),
    frequencies: new Uint8Array(Buffer.from(encoded.frequencies, "base64")),
    symbolWords: toWords(encoded.symbolWords),
    symbols: toWords(encoded.symbols),
    imports: encoded.imports,
  };
}

function toBase64(array: Uint32Array | Uint8Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64");
}

function toWords(base64: string): Uint32Array {
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  return new Uint32Array(bytes.buffer, 0, bytes.byteLength / 4);
}
