import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ProviderName } from "#lib/contracts/model.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import type { ModelPrice } from "../models/model-price.ts";

/** How a vendor wants its requests, and how far its answers can be trusted. */
export type CallStyle = {
  /** `joined`: for servers that take one string a message only. */
  userParts: "separate" | "joined";
  /** `marked`: the vendor caches a prompt up to the places that the request marks. */
  promptCache: "automatic" | "marked";
  /** `plain`: the SDK would wrap a failed tool's report in JSON, which escapes every line and quote of it. */
  failedResults: "marked" | "plain";
  /** `checked`: the server may cut a prompt that is too long without saying so. */
  promptLength: "trusted" | "checked";
  /** Under the SDK's name of the provider; JSON. */
  providerOptions?: Record<string, Record<string, string | boolean | number>>;
};

/** A model that can be called. */
export type OpenModel = {
  languageModel: LanguageModelV4;
  description: ModelDescription;
  price: ModelPrice | null;
  callStyle: CallStyle;
};

/** What is known of a vendor before it is asked. Settings, gateway and messages read it here and nowhere else. */
export type VendorFacts = {
  provider: ProviderName;
  /** As in a list of providers. */
  label: string;
  /** As the subject of a sentence. */
  subject: string;
  /** The environment variable of its key; null for one that takes none. */
  keyVariable: string | null;
  /** The environment variable without which there is nothing to call; null where the vendor has an address of its own. */
  addressVariable: string | null;
  /**
   * Calls that one worker process has open to it. A hosted vendor answers more with a limit on requests and tokens, and
   * a model server of one's own has few places, behind which a call would run into its timeouts.
   */
  maxCallsAtOnce: number;
  /** What it says of a model that takes no tools, and what is to be done then; null where all of them do. */
  noTools: { sign: RegExp; advice: string } | null;
};

/** `unreadable`: one is stored, and this host's key file does not open it. */
export type VendorKey = { source: "environment" | "stored"; value: string } | { source: "unreadable" };

export type VendorKeys = ReadonlyMap<ProviderName, VendorKey>;

/** One source of models. Names are without the vendor's prefix. */
export interface Vendor {
  readonly facts: VendorFacts;
  /** False where it has no address to call. */
  readonly hasAddress: boolean;
  /** The models that people are offered, unavailable ones with their reason. */
  list(): Promise<ModelDescription[]>;
  /** Null where the vendor has no such model. */
  find(name: string): Promise<ModelDescription | null>;
  /** A model that `find` gave as available. */
  open(description: ModelDescription): OpenModel;
}
