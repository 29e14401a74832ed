import { describeProvider } from "../provider-contract.ts";
import { loopbackModelIds } from "../testing/loopback-gateway.ts";

describeProvider({ modelId: loopbackModelIds.bedrock, replayMark: "First the greeting." });
