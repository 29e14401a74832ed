import { APICallError, type LanguageModelV4, type LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import { toOllamaMessages } from "./ollama-messages.ts";
import type { OllamaServer } from "./ollama-server.ts";
import { readOllamaStream } from "./read-ollama-stream.ts";

/**
 * A model of Ollama's `/api/chat`. Published adapters skip a damaged line, so text would be missing from a result
 * without a report. Here a damaged line, an error in the middle of a stream and a missing end each fail the call.
 */
export function createOllamaModel({
  name,
  description,
  server,
}: {
  name: string;
  description: Pick<ModelDescription, "contextTokens" | "maxOutputTokens">;
  server: OllamaServer;
}): LanguageModelV4 {
  const url = `${server.apiUrl}/chat`;
  return {
    specificationVersion: "v4",
    provider: "ollama",
    modelId: name,
    supportedUrls: {},
    async doStream(options) {
      const response = await server.fetch(url, {
        method: "POST",
        headers: { ...server.headers, "content-type": "application/json" },
        body: JSON.stringify({ model: name, ...toRequest({ options, description }) }),
        ...(options.abortSignal === undefined ? {} : { signal: options.abortSignal }),
      });
      if (!response.ok) {
        throw new APICallError({
          message: `HTTP ${response.status}`,
          url,
          requestBodyValues: {},
          statusCode: response.status,
          responseHeaders: Object.fromEntries(response.headers),
          responseBody: await response.text(),
        });
      }
      return { stream: readOllamaStream(response.body) };
    },
    async doGenerate() {
      throw new Error("A model of Ollama streams only.");
    },
  };
}

function toRequest({
  options: { prompt, tools = [] },
  description: { contextTokens, maxOutputTokens },
}: {
  options: LanguageModelV4CallOptions;
  description: Pick<ModelDescription, "contextTokens" | "maxOutputTokens">;
}): object {
  const functions = tools.filter((tool) => tool.type === "function");
  return {
    stream: true,
    messages: toOllamaMessages(prompt),
    ...(functions.length === 0
      ? {}
      : {
          tools: functions.map(({ name, description, inputSchema }) => ({
            type: "function",
            function: { name, description, parameters: inputSchema },
          })),
        }),
    options: { num_ctx: contextTokens, num_predict: maxOutputTokens },
    // Without these, Ollama drops the oldest messages of a prompt that is too long, and of one that grows too long while
    // the model answers.
    truncate: false,
    shift: false,
  };
}
