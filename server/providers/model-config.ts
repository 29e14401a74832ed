import type { ModelId } from "#lib/contracts/ids.ts";
import type { ProviderName } from "#lib/contracts/model.ts";

/** The operator's configuration. Base URLs come only from here, never from a project or a prompt. */
export type ModelConfig = {
  /** Keys from the environment. */
  keys?: Partial<Record<ProviderName, string | undefined>>;
  /** Overrides a vendor's address: `https://proxy.example/v1`. */
  baseUrls?: Partial<Record<ProviderName, string | undefined>>;
  /** Absent or empty: the compatible server is asked for its models. */
  compatibleModels?: string[] | undefined;
  compatibleTools: "on" | "off";
  /** The longest context with which Ollama loads a model whose own file sets none. */
  ollamaContextTokens?: number | undefined;
  /** Models to list even if no vendor lists them. */
  defaultModel?: ModelId | undefined;
};
