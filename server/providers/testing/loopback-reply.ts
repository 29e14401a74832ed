/** What a loopback model server answers. */
export type LoopbackReply = StreamedReply | PlainReply;

export type LoopbackToolCall = {
  name: string;
  /** A string is sent unchanged, even if it is broken JSON. */
  arguments: unknown;
  id?: string;
};

export type StreamedReply = {
  reasoning?: string;
  text?: string;
  toolCalls?: LoopbackToolCall[];
  /** Default: `tool-calls` if there are any, else `stop`. `none` omits the reason; `odd` is one that no vendor uses. */
  finish?: "stop" | "tool-calls" | "length" | "refusal" | "none" | "odd";
  /** Default: estimated from the texts at four bytes per token. */
  usage?: { inputTokens: number; outputTokens: number; cachedInputTokens?: number } | "none";
  /** Characters of text or arguments in one event; 40 by default. */
  chunkSize?: number;
  /** The pause before each event. */
  chunkDelayMs?: number;
  /** The second half of the stream is sent after this resolves. */
  secondHalf?: Promise<unknown>;
  /** Writes the stream in pieces of this many bytes, regardless of event and character boundaries. */
  pieceBytes?: number;
  headers?: Record<string, string>;
  fault?: StreamFault;
};

type StreamFault =
  /** Breaks the connection. */
  | { type: "cut"; afterBytes: number }
  /** Ends the response as if it were complete. */
  | { type: "early-end"; afterBytes: number }
  | { type: "hang"; at: "headers" | "body" | "middle" }
  /** Sends an event that is not JSON in the middle. */
  | { type: "broken-event" }
  /** Sends each content event twice. */
  | { type: "duplicate-events" }
  /** Sends an error instead of the second half, in the wire's own form. */
  | { type: "error-event"; code: string; message: string }
  /** The same, as `{"error": "…"}`. */
  | { type: "odd-error-event"; message: string }
  /** Sends endless comments, up to this many bytes. */
  | { type: "flood"; bytes: number };

type PlainReply = { status: number; headers?: Record<string, string>; body: string | object };

export function isPlainReply(reply: LoopbackReply): reply is PlainReply {
  return "status" in reply;
}
