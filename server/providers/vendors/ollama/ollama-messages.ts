import type { LanguageModelV4FilePart, LanguageModelV4Prompt, LanguageModelV4ToolResultPart } from "@ai-sdk/provider";

type OllamaMessage = {
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  thinking?: string;
  /** Base64. */
  images?: string[];
  tool_calls?: { id: string; function: { name: string; arguments: object } }[];
  tool_name?: string;
  tool_call_id?: string;
};

/** A conversation in the form of `/api/chat`, where each tool result is a message. */
export function toOllamaMessages(prompt: LanguageModelV4Prompt): OllamaMessage[] {
  return prompt.flatMap((message): OllamaMessage[] => {
    switch (message.role) {
      case "system":
        return [{ role: "system", content: message.content }];
      case "user": {
        const texts = message.content.filter((part) => part.type === "text");
        const images = message.content.filter((part) => part.type === "file").map(toBase64);
        return [
          {
            role: "user",
            content: texts.map(({ text }) => text).join("\n\n"),
            ...(images.length === 0 ? {} : { images }),
          },
        ];
      }
      case "assistant":
        return [toAssistantMessage(message.content)];
      case "tool":
        return message.content
          .filter((part) => part.type === "tool-result")
          .map((part) => ({
            role: "tool",
            content: readOutput(part),
            tool_name: part.toolName,
            tool_call_id: part.toolCallId,
          }));
    }
  });
}

function toAssistantMessage(
  content: Extract<LanguageModelV4Prompt[number], { role: "assistant" }>["content"],
): OllamaMessage {
  const joinTexts = (type: "text" | "reasoning") =>
    content.map((part) => (part.type === type ? part.text : "")).join("");
  const thinking = joinTexts("reasoning");
  const calls = content.filter((part) => part.type === "tool-call");
  return {
    role: "assistant",
    content: joinTexts("text"),
    ...(thinking === "" ? {} : { thinking }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ toolCallId, toolName, input }) => ({
            id: toolCallId,
            // Ollama refuses arguments that are not an object, such as those of a broken call.
            function: { name: toolName, arguments: typeof input === "object" && input !== null ? input : {} },
          })),
        }),
  };
}

function readOutput({ output }: LanguageModelV4ToolResultPart): string {
  return output.type === "text" || output.type === "error-text" ? output.value : JSON.stringify(output);
}

function toBase64({ data, mediaType }: LanguageModelV4FilePart): string {
  if (data.type !== "data") throw new Error(`Ollama cannot be sent a ${mediaType} file as ${data.type}.`);
  return typeof data.data === "string" ? data.data : Buffer.from(data.data).toString("base64");
}
