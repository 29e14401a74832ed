import type { LoopbackToolCall, StreamedReply } from "./loopback-reply.ts";
import type { LoopbackRequest } from "./loopback-request.ts";

/** One event of a stream. `hasContent`: it carries a piece of the answer. */
type LoopbackEvent = { text: string; hasContent: boolean };

type Usage = { inputTokens: number; outputTokens: number; cachedInputTokens: number };

type WholeReply = { request: LoopbackRequest; reply: StreamedReply; usage: Usage | null };

/** The events of a complete reply without faults. */
export function toLoopbackEvents({
  request,
  reply,
}: {
  request: LoopbackRequest;
  reply: StreamedReply;
}): LoopbackEvent[] {
  const whole = { request, reply, usage: countUsage({ request, reply }) };
  switch (request.wire) {
    case "chat":
      return toChatEvents(whole);
    case "messages":
      return toMessagesEvents(whole);
    case "responses":
      return toResponsesEvents(whole);
    case "ollama":
      return toOllamaEvents(whole);
  }
}

/** An error in the middle of a stream, in the wire's own form. */
export function toErrorEvent({
  request,
  code,
  message,
}: {
  request: LoopbackRequest;
  code: string;
  message: string;
}): LoopbackEvent {
  switch (request.wire) {
    case "chat":
      return data({ error: { message, type: code, code } });
    case "messages":
      return named("error", { error: { type: code, message } });
    case "responses":
      return named("error", { sequence_number: 99, error: { type: code, code, message, param: null } });
    case "ollama":
      return line({ error: message });
  }
}

function toChatEvents({ request, reply, usage }: WholeReply): LoopbackEvent[] {
  const chunk = (choice: object, hasContent = false) =>
    data(
      {
        id: "chatcmpl-1",
        object: "chat.completion.chunk",
        created: 1,
        model: request.model,
        choices: [{ index: 0, finish_reason: null, ...choice }],
      },
      { hasContent },
    );
  const events = [chunk({ delta: { role: "assistant", content: "" } })];
  for (const piece of pieces(reply.reasoning, reply)) events.push(chunk({ delta: { reasoning_content: piece } }, true));
  const isRefusal = reply.finish === "refusal";
  for (const piece of pieces(reply.text, reply))
    events.push(chunk({ delta: isRefusal ? { refusal: piece } : { content: piece } }, true));
  for (const [index, call] of calls(reply).entries()) {
    events.push(
      chunk({
        delta: { tool_calls: [{ index, id: call.id, type: "function", function: { name: call.name, arguments: "" } }] },
      }),
    );
    for (const piece of pieces(call.json, reply))
      events.push(chunk({ delta: { tool_calls: [{ index, function: { arguments: piece } }] } }, true));
  }
  const reasons = { stop: "stop", "tool-calls": "tool_calls", length: "length", refusal: "stop", odd: "elapsed" };
  const finish = finishOf(reply);
  if (finish !== "none") events.push(chunk({ delta: {}, finish_reason: reasons[finish] }));
  if (usage !== null) {
    events.push(
      data({
        id: "chatcmpl-1",
        object: "chat.completion.chunk",
        created: 1,
        model: request.model,
        choices: [],
        usage: {
          prompt_tokens: usage.inputTokens,
          completion_tokens: usage.outputTokens,
          prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
        },
      }),
    );
  }
  return [...events, { text: "data: [DONE]\n\n", hasContent: false }];
}

function toMessagesEvents({ request, reply, usage }: WholeReply): LoopbackEvent[] {
  const events = [
    named("message_start", {
      message: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: request.model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: {
          input_tokens: (usage?.inputTokens ?? 0) - (usage?.cachedInputTokens ?? 0),
          cache_read_input_tokens: usage?.cachedInputTokens ?? 0,
          output_tokens: 0,
        },
      },
    }),
  ];
  let index = 0;
  const addBlock = ({ start, deltas }: { start: object; deltas: object[] }) => {
    events.push(named("content_block_start", { index, content_block: start }));
    for (const delta of deltas) events.push(named("content_block_delta", { index, delta }, { hasContent: true }));
    events.push(named("content_block_stop", { index }));
    index += 1;
  };
  if (reply.reasoning !== undefined) {
    const deltas = pieces(reply.reasoning, reply).map((thinking) => ({ type: "thinking_delta", thinking }));
    addBlock({
      start: { type: "thinking", thinking: "", signature: "" },
      deltas: [...deltas, { type: "signature_delta", signature: "signed-by-loopback" }],
    });
  }
  if (reply.text !== undefined)
    addBlock({
      start: { type: "text", text: "" },
      deltas: pieces(reply.text, reply).map((text) => ({ type: "text_delta", text })),
    });
  for (const call of calls(reply)) {
    addBlock({
      start: { type: "tool_use", id: call.id, name: call.name, input: {} },
      deltas: pieces(call.json, reply).map((partial_json) => ({ type: "input_json_delta", partial_json })),
    });
  }
  const finish = finishOf(reply);
  if (finish === "none") return events;
  const reasons = {
    stop: "end_turn",
    "tool-calls": "tool_use",
    length: "max_tokens",
    refusal: "refusal",
    odd: "elapsed",
  };
  events.push(
    named("message_delta", {
      delta: { stop_reason: reasons[finish], stop_sequence: null },
      usage: { output_tokens: usage?.outputTokens ?? 0 },
    }),
  );
  events.push(named("message_stop", {}));
  return events;
}

function toResponsesEvents({ request, reply, usage }: WholeReply): LoopbackEvent[] {
  const response = { id: "resp_1", created_at: 1, model: request.model };
  const events = [named("response.created", { response })];
  let output_index = 0;
  const addItem = ({
    item,
    deltas,
    done,
  }: {
    item: { type: string; id: string };
    deltas: LoopbackEvent[];
    done: object;
  }) => {
    events.push(
      named("response.output_item.added", { output_index, item }),
      ...deltas,
      named("response.output_item.done", { output_index, item: { ...item, ...done } }),
    );
    output_index += 1;
  };
  if (reply.reasoning !== undefined) {
    const deltas = pieces(reply.reasoning, reply).map((delta) =>
      named(
        "response.reasoning_summary_text.delta",
        { item_id: "rs_1", summary_index: 0, delta },
        { hasContent: true },
      ),
    );
    addItem({ item: { type: "reasoning", id: "rs_1" }, deltas, done: { encrypted_content: "sealed-by-loopback" } });
  }
  if (reply.text !== undefined) {
    const type = reply.finish === "refusal" ? "response.refusal.delta" : "response.output_text.delta";
    addItem({
      item: { type: "message", id: "msg_1" },
      deltas: pieces(reply.text, reply).map((delta) =>
        named(type, { item_id: "msg_1", output_index, delta }, { hasContent: true }),
      ),
      done: {},
    });
  }
  for (const call of calls(reply)) {
    const item = { type: "function_call", id: `fc_${call.id}`, call_id: call.id, name: call.name, arguments: "" };
    const deltas = pieces(call.json, reply).map((delta) =>
      named("response.function_call_arguments.delta", { item_id: item.id, output_index, delta }, { hasContent: true }),
    );
    addItem({ item, deltas, done: { arguments: call.json, status: "completed" } });
  }
  const finish = finishOf(reply);
  if (finish === "none") return events;
  const isWhole = finish !== "length" && finish !== "odd";
  events.push(
    named(isWhole ? "response.completed" : "response.incomplete", {
      response: {
        ...response,
        incomplete_details: isWhole ? null : { reason: finish === "length" ? "max_output_tokens" : "elapsed" },
        ...(usage === null
          ? {}
          : {
              usage: {
                input_tokens: usage.inputTokens,
                input_tokens_details: { cached_tokens: usage.cachedInputTokens },
                output_tokens: usage.outputTokens,
              },
            }),
      },
    }),
  );
  return events;
}

function toOllamaEvents({ request, reply, usage }: WholeReply): LoopbackEvent[] {
  const chunk = ({
    message,
    hasContent = true,
    ...end
  }: { message?: object; hasContent?: boolean } & Record<string, unknown>) =>
    line(
      {
        model: request.model,
        created_at: "2026-11-30T00:00:00Z",
        message: { role: "assistant", content: "", ...message },
        done: false,
        ...end,
      },
      { hasContent },
    );
  const events = [
    ...pieces(reply.reasoning, reply).map((thinking) => chunk({ message: { thinking } })),
    ...pieces(reply.text, reply).map((content) => chunk({ message: { content } })),
    // Ollama sends each call whole, with its arguments as an object.
    ...calls(reply).map(({ id, name, json }) =>
      chunk({ message: { tool_calls: [{ id, function: { name, arguments: parseObject(json) ?? json } }] } }),
    ),
  ];
  const finish = finishOf(reply);
  if (finish === "none") return events;
  const reasons = { stop: "stop", "tool-calls": "stop", length: "length", refusal: "stop", odd: "elapsed" };
  const counts = usage === null ? {} : { prompt_eval_count: usage.inputTokens, eval_count: usage.outputTokens };
  return [...events, chunk({ done: true, done_reason: reasons[finish], ...counts, hasContent: false })];
}

function parseObject(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function line(value: object, { hasContent = false }: { hasContent?: boolean } = {}): LoopbackEvent {
  return { text: `${JSON.stringify(value)}\n`, hasContent };
}

function data(value: object, { hasContent = false }: { hasContent?: boolean } = {}): LoopbackEvent {
  return { text: `data: ${JSON.stringify(value)}\n\n`, hasContent };
}

function named(type: string, value: object, { hasContent = false }: { hasContent?: boolean } = {}): LoopbackEvent {
  return { text: `event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`, hasContent };
}

function finishOf(reply: StreamedReply): NonNullable<StreamedReply["finish"]> {
  return reply.finish ?? (calls(reply).length > 0 ? "tool-calls" : "stop");
}

function calls(reply: StreamedReply): { id: string; name: string; json: string }[] {
  return (reply.toolCalls ?? []).map((call: LoopbackToolCall, index) => ({
    id: call.id ?? `call_${index + 1}`,
    name: call.name,
    json: typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments),
  }));
}

/** Splits by code points, so that no surrogate pair is torn. */
function pieces(text: string | undefined, { chunkSize = 40 }: StreamedReply): string[] {
  const characters = [...(text ?? "")];
  return Array.from({ length: Math.ceil(characters.length / chunkSize) }, (_, index) =>
    characters.slice(index * chunkSize, (index + 1) * chunkSize).join(""),
  );
}

function countUsage({ request, reply }: { request: LoopbackRequest; reply: StreamedReply }): Usage | null {
  if (reply.usage === "none") return null;
  if (reply.usage !== undefined) return { cachedInputTokens: 0, ...reply.usage };
  const written = [reply.reasoning ?? "", reply.text ?? "", ...calls(reply).map(({ json }) => json)];
  return {
    inputTokens: countTokens(request.messages.map(({ text }) => text)),
    outputTokens: countTokens(written),
    cachedInputTokens: 0,
  };
}

function countTokens(texts: string[]): number {
  return Math.ceil(texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0) / 4);
}
