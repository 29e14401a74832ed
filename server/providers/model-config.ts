import type { ModelId } from "#lib/contracts/ids.ts";
import type { ProviderName } from "#lib/contracts/model.ts";

/** What the operator configured. Base URLs come from here only, never from a project or a prompt. */
export type ModelConfig = {
  /** The keys in the environment. */
  keys?: Partial<Record<ProviderName, string | undefined>>;
  /** Instead of a vendor's own address: `https://proxy.example/v1`. */
  baseUrls?: Partial<Record<ProviderName, string | undefined>>;
  /** Absent or empty: the compatible server is asked for its models. */
  compatibleModels?: string[] | undefined;
  compatibleTools: "on" | "off";
  /** Listed even where no vendor's list has it. */
  defaultModel?: ModelId | undefined;
};
