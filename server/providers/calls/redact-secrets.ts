import { filterSecrets, listSecretPatterns } from "../answer-guard/secret-filter.ts";

/** Removes the given secrets from a text, as from answers: providers echo keys in their errors. Short values stay. */
export function redactSecrets({ text, secrets }: { text: string; secrets: readonly string[] }): string {
  return filterSecrets({ text, patterns: listSecretPatterns(secrets), form: "text" });
}
