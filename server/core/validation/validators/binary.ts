import { findGrammarLanguage } from "../../syntax/source-parser.ts";
import { findCheckedLanguage } from "../syntax-faults/find-syntax-faults.ts";
import type { Validator } from "../validator.ts";

const textName =
  /\.(?:md|mdx|txt|rst|csv|ini|cfg|env|xml|svg|vue|svelte|sh|lock)$|(?:^|\/)(?:Dockerfile|Makefile|LICENSE|README)$/i;

/** Text that becomes binary, by a NUL character or invalid UTF-8: it loses diffs and checks. */
export const binary: Validator = {
  name: "binary",
  applies: ({ binaryFiles }) => binaryFiles.length > 0,
  validate: ({ binaryFiles }) =>
    binaryFiles.flatMap(({ path, before }) => {
      const isText = findGrammarLanguage(path) !== null || findCheckedLanguage(path) !== null || textName.test(path);
      return before !== null || isText
        ? [
            {
              validator: "binary",
              severity: "strong" as const,
              path,
              message: "Text became binary: the new content has a NUL character or is not UTF-8.",
            },
          ]
        : [];
    }),
};
