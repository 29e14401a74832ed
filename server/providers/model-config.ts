import type { ModelId } from "#lib/contracts/ids.ts";

/** What the operator configured. Base URLs come from here only, never from a project or a prompt. */
export type ModelConfig = {
  anthropicApiKey?: string | undefined;
  /** Instead of the vendor's own address: `https://proxy.example/v1`. */
  anthropicBaseUrl?: string | undefined;
  openaiApiKey?: string | undefined;
  openaiBaseUrl?: string | undefined;
  compatibleBaseUrl?: string | undefined;
  compatibleApiKey?: string | undefined;
  /** Absent or empty: the server is asked for its models. */
  compatibleModels?: string[] | undefined;
  compatibleTools: "on" | "off";
  /** Listed even where no vendor's list has it. */
  defaultModel?: ModelId | undefined;
};
