import { expect } from "vitest";
import { loopbackKey, type loopbackModelIds } from "./loopback-gateway.ts";
import type { LoopbackReply } from "./loopback-reply.ts";

const text = "A complete answer that takes several events to arrive, as every real one does.";

/** One way in which a model server fails, and the expected result of a gateway call. */
export type ProviderFault = {
  name: string;
  reply: LoopbackReply;
  /** The code of the failure, or the text of the turn. */
  expected: { code: string; requests: 1 | 3; says?: RegExp } | { turn: object };
  only?: keyof typeof loopbackModelIds;
};

const unavailable = { code: "MODEL_UNAVAILABLE", requests: 3 } as const;
const damaged = { code: "MODEL_OUTPUT_INVALID", requests: 3 } as const;

function errorBody(message: string, code = "invalid_request_error"): object {
  return { type: "error", error: { type: code, code, message } };
}

export const providerFaults: ProviderFault[] = [
  {
    name: "no headers",
    reply: { text, fault: { type: "hang", at: "headers" } },
    expected: { ...unavailable, says: /did not answer in time/ },
  },
  {
    name: "headers and nothing else",
    reply: { text, fault: { type: "hang", at: "body" } },
    expected: { ...unavailable, says: /stopped in the middle/ },
  },
  {
    name: "silence in the middle",
    reply: { text, fault: { type: "hang", at: "middle" } },
    expected: { ...unavailable, says: /stopped in the middle/ },
  },
  {
    name: "a connection that breaks at once",
    reply: { text, fault: { type: "cut", afterBytes: 0 } },
    expected: unavailable,
  },
  {
    name: "a connection that breaks in the middle",
    reply: { text, chunkSize: 10, fault: { type: "cut", afterBytes: 500 } },
    expected: { ...unavailable, says: /broke off/ },
  },
  {
    name: "a response that ends cleanly in the middle",
    reply: { text, chunkSize: 10, fault: { type: "early-end", afterBytes: 500 } },
    expected: { ...unavailable, says: /broke off/ },
  },
  {
    name: "a response without a byte",
    reply: { text, fault: { type: "early-end", afterBytes: 0 } },
    expected: { ...unavailable, says: /broke off/ },
  },
  {
    name: "a response of status 200 and no content",
    reply: { status: 200, headers: { "content-type": "text/event-stream" }, body: "" },
    expected: { ...unavailable, says: /broke off/ },
  },
  { name: "no finish reason", reply: { text, finish: "none" }, expected: { ...unavailable, says: /broke off/ } },
  {
    name: "a finish reason that nobody knows",
    reply: { text, finish: "odd" },
    expected: { code: "MODEL_OUTPUT_INVALID", requests: 1, says: /does not know/ },
  },
  {
    name: "an event that is no JSON, in a stream that ends with stop",
    reply: { text, fault: { type: "broken-event" } },
    expected: { ...damaged, says: /damaged/ },
  },
  {
    name: "every event of a tool call twice",
    reply: { toolCalls: [{ name: "finish", arguments: { summary: text } }], fault: { type: "duplicate-events" } },
    expected: { turn: { toolCalls: [{ name: "finish", invalidReason: expect.any(String) as string }] } },
    only: "anthropic",
  },
  {
    name: "every event of a tool call twice",
    reply: { toolCalls: [{ name: "finish", arguments: { summary: text } }], fault: { type: "duplicate-events" } },
    expected: { turn: { toolCalls: [{ name: "finish", invalidReason: expect.any(String) as string }] } },
    only: "compatible",
  },
  {
    name: "an overload in the middle",
    reply: { text, fault: { type: "error-event", code: "overloaded_error", message: "Overloaded" } },
    expected: { ...unavailable, says: /has trouble now/ },
  },
  {
    name: "a server error in the middle",
    reply: { text, fault: { type: "error-event", code: "server_error", message: "Internal server error" } },
    expected: unavailable,
  },
  {
    name: "a rate limit in the middle",
    reply: { text, fault: { type: "error-event", code: "rate_limit_error", message: "Rate limit reached" } },
    expected: { code: "RATE_LIMITED", requests: 3 },
  },
  {
    name: "a prompt that is too long, said in the middle",
    reply: {
      text,
      fault: {
        type: "error-event",
        code: "context_length_exceeded",
        message: "Your input exceeds the context window of this model.",
      },
    },
    expected: { code: "CONTEXT_TOO_LONG", requests: 1 },
  },
  {
    name: "an error event of an unknown form",
    reply: { text, fault: { type: "odd-error-event", message: "the model server is overloaded" } },
    expected: unavailable,
    only: "compatible",
  },
  {
    name: "more bytes than any answer has",
    reply: { text, fault: { type: "flood", bytes: 2_000_000 } },
    expected: { code: "MODEL_OUTPUT_INVALID", requests: 1, says: /far too large/ },
  },
  {
    name: "an HTML error page",
    reply: {
      status: 502,
      headers: { "content-type": "text/html" },
      body: "<html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>",
    },
    expected: { ...unavailable, says: /HTTP 502/ },
  },
  {
    name: "an HTML page instead of a stream",
    reply: { status: 200, headers: { "content-type": "text/html" }, body: "<p>Please log in</p>" },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1, says: /"Please log in"/ },
  },
  {
    name: "an error with status 200",
    reply: { status: 200, body: errorBody("The model is overloaded", "overloaded_error") },
    expected: unavailable,
  },
  {
    name: "a whole answer instead of a stream",
    reply: { status: 200, body: { choices: [{ message: { content: text } }] } },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1 },
  },
  {
    name: "a stream of another content type",
    reply: { text, headers: { "content-type": "text/plain" } },
    expected: { turn: { text, finishReason: "stop" } },
  },
  {
    name: "no usage",
    reply: { text, usage: "none" },
    expected: { turn: { text, usage: { outputTokens: 20 } } },
    only: "compatible",
  },
  {
    name: "HTTP 500",
    reply: { status: 500, headers: { "content-type": "text/plain" }, body: "oops" },
    expected: unavailable,
  },
  {
    name: "HTTP 529",
    reply: { status: 529, body: errorBody("Overloaded", "overloaded_error") },
    expected: unavailable,
  },
  { name: "HTTP 500 without a body", reply: { status: 500, body: "" }, expected: unavailable },
  {
    name: "HTTP 400",
    reply: { status: 400, body: errorBody("messages.1: unexpected role") },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1, says: /unexpected role/ },
  },
  {
    name: "HTTP 400 with a megabyte of words",
    reply: { status: 400, body: errorBody("long ".repeat(200_000)) },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1 },
  },
  {
    name: "HTTP 403",
    reply: { status: 403, body: errorBody("Not allowed", "permission_error") },
    expected: { code: "PROVIDER_AUTH", requests: 1 },
  },
  {
    name: "no credit",
    reply: { status: 400, body: errorBody("Your credit balance is too low to access the API.") },
    expected: { code: "PROVIDER_AUTH", requests: 1, says: /no credit/ },
  },
  {
    name: "a used-up quota",
    reply: { status: 429, body: errorBody("You exceeded your current quota", "insufficient_quota") },
    expected: { code: "PROVIDER_AUTH", requests: 1, says: /no credit/ },
  },
  {
    name: "a prompt that is too long",
    reply: { status: 400, body: errorBody("prompt is too long: 210000 tokens > 200000 maximum") },
    expected: { code: "CONTEXT_TOO_LONG", requests: 1 },
  },
  {
    name: "a prompt that is too long for llama.cpp",
    reply: {
      status: 400,
      body: errorBody(
        "the request exceeds the available context size. try increasing the context size",
        "exceed_context_size_error",
      ),
    },
    expected: { code: "CONTEXT_TOO_LONG", requests: 1 },
    only: "compatible",
  },
  {
    name: "HTTP 413",
    reply: { status: 413, body: errorBody("Request exceeds the maximum size", "request_too_large") },
    expected: { code: "CONTEXT_TOO_LONG", requests: 1 },
  },
  {
    name: "a content filter",
    reply: {
      status: 400,
      body: errorBody("The response was filtered by the content management policy", "content_filter"),
    },
    expected: { code: "MODEL_REFUSED", requests: 1 },
  },
  {
    name: "an unknown model",
    reply: { status: 404, body: errorBody("model: not found", "not_found_error") },
    expected: { code: "MODEL_NOT_FOUND", requests: 1 },
  },
  {
    name: "a server without tools",
    reply: { status: 400, body: errorBody("registry.ollama.ai/library/gemma does not support tools") },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1, says: /OPENAI_COMPATIBLE_TOOLS=off/ },
    only: "compatible",
  },
  {
    name: "a redirect",
    reply: { status: 307, headers: { location: "http://169.254.169.254/latest" }, body: "" },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1, says: /leads elsewhere/ },
  },
  {
    name: "a key that is echoed in an error",
    reply: { status: 400, body: errorBody(`Bad header: Bearer ${loopbackKey}`) },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1, says: /\[redacted\]/ },
  },
  {
    name: "a key that is echoed in a page",
    reply: { status: 200, headers: { "content-type": "text/html" }, body: `<p>${loopbackKey}</p>` },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1, says: /\[redacted\]/ },
  },
  {
    name: "a key that is echoed in the middle",
    reply: { text, fault: { type: "error-event", code: "weird", message: `for ${loopbackKey}` } },
    expected: { code: "MODEL_UNAVAILABLE", requests: 1, says: /\[redacted\]/ },
    only: "anthropic",
  },
];
