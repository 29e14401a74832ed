import { z } from "zod";
import { createHostedChatVendor, type HostedChatOptions } from "./hosted-chat.ts";
import type { Vendor, VendorFacts } from "./vendor.ts";

const bedrockFacts: VendorFacts = {
  provider: "bedrock",
  label: "Amazon Bedrock",
  subject: "Amazon Bedrock",
  keyVariable: "AWS_BEARER_TOKEN_BEDROCK",
  addressVariable: null,
  maxCallsAtOnce: 16,
  noTools: null,
};

/** Names alone: context and price come from the data set. */
const modelListing = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

/** Claude models use another protocol on this endpoint; other models that match this pattern do not write code. */
const notOffered = /^anthropic\.|embed|image|rerank|guard|speech|voxtral|whisper/;

/**
 * Amazon Bedrock's models, through its regional endpoint for chat completions
 * (docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html). Another region has another base URL.
 */
export function createBedrockVendor(options: HostedChatOptions): Vendor {
  return createHostedChatVendor({
    ...options,
    facts: bedrockFacts,
    ownBaseUrl: "https://bedrock-mantle.us-east-1.api.aws/v1",
    readListing: (body) =>
      modelListing
        .parse(body)
        .data.filter(({ id }) => !notOffered.test(id))
        .map(({ id }) => ({ name: id })),
  });
}
