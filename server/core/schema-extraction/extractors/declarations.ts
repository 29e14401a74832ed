import type { CodeExport } from "#lib/contracts/versions/code-schema.ts";
import { outlineSource } from "../../validation/declarations/outline-source.ts";
import type { FactExtractor } from "./fact-extractor.ts";

/** Top-level declarations in languages without explicit exports: other files can use them. */
export const declarationsExtractor: FactExtractor = {
  name: "declarations",
  handles: (path) => /\.(?:go|java|cs|php|rb|rs|kt|swift|scala|dart|ex|exs)$/.test(path),
  extract({ path, text, parser }) {
    const entries = outlineSource({ path, text, sourceParser: parser });
    return {
      exports: entries
        .filter(({ owner, isPrivate }) => owner === null && !isPrivate)
        .map(({ name, startLine }): CodeExport => ({ name, kind: "other", path, line: startLine + 1 })),
    };
  },
};
