import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ProviderName } from "#lib/contracts/model.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import type { ModelPrice } from "../models/model-price.ts";

/** A vendor's request format, and which of its answers need checks. */
export type CallStyle = {
  /** `joined`: for servers that accept only one string per message. */
  userParts: "separate" | "joined";
  /** `marked`: the vendor caches a prompt up to the breakpoints that the request sets. */
  promptCache: "automatic" | "marked";
  /** `plain`: the SDK would wrap a failed tool's report in JSON, which escapes every line break and quote. */
  failedResults: "marked" | "plain";
  /** `checked`: the server may cut a prompt that is too long without reporting it. */
  promptLength: "trusted" | "checked";
  /** JSON, under the SDK's name of the provider. */
  providerOptions?: Record<string, Record<string, string | boolean | number>>;
};

/** A callable model. */
export type OpenModel = {
  languageModel: LanguageModelV4;
  description: ModelDescription;
  price: ModelPrice | null;
  callStyle: CallStyle;
};

/** Static facts about a vendor. Settings, gateway and messages all read them here. */
export type VendorFacts = {
  provider: ProviderName;
  /** The label in a list of providers. */
  label: string;
  /** The name as the subject of a sentence. */
  subject: string;
  /** The environment variable of its key; null if it needs none. */
  keyVariable: string | null;
  /** The environment variable of its address, if it is required; null if the vendor has a fixed address. */
  addressVariable: string | null;
  /**
   * Concurrent calls of one worker process. A hosted vendor answers too many with a rate limit. A self-hosted server
   * has few slots, and calls queued there would run into their timeouts.
   */
  maxCallsAtOnce: number;
  /** Its error text for a model without tools, and the advice for that; null if all of its models take tools. */
  noTools: { sign: RegExp; advice: string } | null;
};

/** `unreadable`: a key is stored, and this host's key file cannot decrypt it. */
export type VendorKey = { source: "environment" | "stored"; value: string } | { source: "unreadable" };

export type VendorKeys = ReadonlyMap<ProviderName, VendorKey>;

/** One source of models. Names have no vendor prefix. */
export interface Vendor {
  readonly facts: VendorFacts;
  /** False if it has no address to call. */
  readonly hasAddress: boolean;
  /** The models offered to users; unavailable ones have a reason. */
  list(): Promise<ModelDescription[]>;
  /** Null if the vendor has no such model. */
  find(name: string): Promise<ModelDescription | null>;
  /** A model that `find` returned as available. */
  open(description: ModelDescription): OpenModel;
}
