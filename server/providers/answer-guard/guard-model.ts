import type { LanguageModelV4 } from "@ai-sdk/provider";
import { wrapLanguageModel } from "ai";
import { boundOutput } from "./bound-output.ts";
import { redactParts } from "./redact-parts.ts";
import { listSecretPatterns } from "./secret-filter.ts";

/**
 * A token of code has 3 to 4 characters; white space makes some tokens longer. An answer with more characters than this
 * per token of the output limit violates that limit.
 */
const maxCharactersPerToken = 12;

/**
 * A model whose answers contain none of `secrets` and are not much longer than its output limit. So the same holds for
 * everything made from an answer: events, stored steps, files.
 */
export function guardModel({
  languageModel,
  maxOutputTokens,
  secrets,
}: {
  languageModel: LanguageModelV4;
  maxOutputTokens: number;
  secrets: readonly string[];
}): LanguageModelV4 {
  const patterns = listSecretPatterns(secrets);
  return wrapLanguageModel({
    model: languageModel,
    middleware: {
      specificationVersion: "v4",
      async wrapStream({ doStream }) {
        const result = await doStream();
        const bounded = result.stream.pipeThrough(
          boundOutput({ maxCharacters: maxOutputTokens * maxCharactersPerToken }),
        );
        return { ...result, stream: patterns.length === 0 ? bounded : bounded.pipeThrough(redactParts({ patterns })) };
      },
    },
  });
}
