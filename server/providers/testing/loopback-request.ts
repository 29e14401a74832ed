/** `chat`: OpenAI's chat completions; `messages`: Anthropic's; `responses`: OpenAI's responses; `ollama`: Ollama's chat. */
export type LoopbackWire = "chat" | "messages" | "responses" | "ollama";

type LoopbackMessage = { role: "system" | "user" | "assistant" | "tool"; text: string };

/** A request to a loopback model server, in one form for every wire format. */
export type LoopbackRequest = {
  wire: LoopbackWire;
  model: string;
  /** In order; a tool result is one message. The text of an assistant message omits its calls. */
  messages: LoopbackMessage[];
  toolNames: string[];
  headers: Record<string, string>;
  /** The parsed JSON, for everything that the other fields omit. */
  body: Record<string, unknown>;
  /** True if the client disconnected before the reply was complete. */
  isAborted: boolean;
  /** The time of that, from `performance.now()`. */
  abortedAtMs: number | null;
  /** True once the reply is complete or the client has disconnected. */
  isEnded: boolean;
};

type Json = Record<string, unknown>;

export function readLoopbackRequest({
  wire,
  body,
  headers,
}: {
  wire: LoopbackWire;
  body: Json;
  headers: Record<string, string>;
}): LoopbackRequest {
  const tools = asList(body.tools).map(asRecord);
  return {
    wire,
    model: String(body.model),
    messages: readMessages({ wire, body }),
    toolNames: tools.map((tool) => String(asRecord(tool.function).name ?? tool.name)),
    headers,
    body,
    isAborted: false,
    abortedAtMs: null,
    isEnded: false,
  };
}

function readMessages({ wire, body }: { wire: LoopbackWire; body: Json }): LoopbackMessage[] {
  switch (wire) {
    case "chat":
    case "ollama":
      return asList(body.messages).map((item) => {
        const { role, content } = asRecord(item);
        return { role: toRole(role), text: readText(content) };
      });
    case "messages": {
      const system: LoopbackMessage[] =
        body.system === undefined ? [] : [{ role: "system", text: readText(body.system) }];
      return [...system, ...asList(body.messages).flatMap(readAnthropicMessage)];
    }
    case "responses":
      return asList(body.input).flatMap((item): LoopbackMessage[] => {
        const { type, role, content, output } = asRecord(item);
        if (type === "function_call_output") return [{ role: "tool", text: readText(output) }];
        return role === undefined ? [] : [{ role: toRole(role), text: readText(content) }];
      });
  }
}

/** Anthropic puts tool results into user messages. */
function readAnthropicMessage(item: unknown): LoopbackMessage[] {
  const { role, content } = asRecord(item);
  if (typeof content === "string") return [{ role: toRole(role), text: content }];
  const parts = asList(content).map(asRecord);
  const results = parts
    .filter(({ type }) => type === "tool_result")
    .map((part): LoopbackMessage => ({ role: "tool", text: readText(part.content) }));
  const texts = parts.filter(({ type }) => type === "text");
  return texts.length === 0 && results.length > 0
    ? results
    : [...results, { role: toRole(role), text: readText(texts) }];
}

function readText(content: unknown): string {
  if (typeof content === "string") return content;
  return asList(content)
    .map((part) => asRecord(part).text)
    .filter((text) => typeof text === "string")
    .join("\n\n");
}

function toRole(role: unknown): LoopbackMessage["role"] {
  return role === "assistant" || role === "tool" || role === "user" ? role : "system";
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function asRecord(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}
