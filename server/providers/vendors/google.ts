import { z } from "zod";
import { createHostedChatVendor, type HostedChatOptions } from "./hosted-chat.ts";
import type { Vendor, VendorFacts } from "./vendor.ts";

const googleFacts: VendorFacts = {
  provider: "google",
  label: "Google",
  subject: "Google",
  keyVariable: "GEMINI_API_KEY",
  addressVariable: null,
  maxCallsAtOnce: 16,
  noTools: null,
};

/** Listed models that do not write code. */
const otherPurpose = /embedding|image|tts|audio|live|robotics|computer-use/;

/** Only names: context and price come from the data set. */
const modelListing = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
    }),
  ),
});

/** Gemini, through its endpoint for chat completions. */
export function createGoogleVendor(options: HostedChatOptions): Vendor {
  return createHostedChatVendor({
    ...options,
    facts: googleFacts,
    ownBaseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
    readListing: (body) =>
      modelListing
        .parse(body)
        .data.map(({ id }) => ({ name: id.replace(/^models\//, ""), supportsImages: true }))
        .filter(({ name }) => name.startsWith("gemini-") && !otherPurpose.test(name)),
  });
}
