import { describeProvider } from "../provider-contract.ts";
import { loopbackModelIds } from "../testing/loopback-gateway.ts";

const replayMark = "First the greeting.";

describeProvider({ modelId: loopbackModelIds.google, replayMark });
describeProvider({ modelId: loopbackModelIds.mistral, replayMark });
describeProvider({ modelId: loopbackModelIds.bedrock, replayMark });
describeProvider({ modelId: loopbackModelIds.openrouter, replayMark });
describeProvider({ modelId: loopbackModelIds.gateway, replayMark });
