import { describeProvider } from "../provider-contract.ts";
import { loopbackModelIds } from "../testing/loopback-gateway.ts";

describeProvider({ modelId: loopbackModelIds.gateway, replayMark: "First the greeting." });
