/** What a loopback model server is told to answer. */
export type LoopbackReply = StreamedReply | PlainReply;

export type LoopbackToolCall = {
  name: string;
  /** A string is sent as it is, broken JSON too. */
  arguments: unknown;
  id?: string;
};

export type StreamedReply = {
  reasoning?: string;
  text?: string;
  toolCalls?: LoopbackToolCall[];
  /**
   * Default: `tool-calls` where there are any, else `stop`. `none` leaves the reason out; `odd` is one that no vendor
   * has.
   */
  finish?: "stop" | "tool-calls" | "length" | "refusal" | "none" | "odd";
  /** Default: counted from the texts, four bytes a token. */
  usage?: { inputTokens: number; outputTokens: number; cachedInputTokens?: number } | "none";
  /** Characters of text or arguments in one event; 40 by default. */
  chunkSize?: number;
  /** Before each event. */
  chunkDelayMs?: number;
  /** Writes the stream in pieces of so many bytes, across events and characters. */
  pieceBytes?: number;
  headers?: Record<string, string>;
  fault?: StreamFault;
};

export type StreamFault =
  /** Breaks the connection. */
  | { type: "cut"; afterBytes: number }
  /** Ends the response as if it were whole. */
  | { type: "early-end"; afterBytes: number }
  | { type: "hang"; at: "headers" | "body" | "middle" }
  /** An event in the middle that is no JSON. */
  | { type: "broken-event" }
  /** Each event with content twice. */
  | { type: "duplicate-events" }
  /** An error in place of the second half, in the wire's own form. */
  | { type: "error-event"; code: string; message: string }
  /** The same, as `{"error": "…"}`. */
  | { type: "odd-error-event"; message: string }
  /** Comments without end, up to so many bytes. */
  | { type: "flood"; bytes: number };

export type PlainReply = { status: number; headers?: Record<string, string>; body: string | object };

export function isPlainReply(reply: LoopbackReply): reply is PlainReply {
  return "status" in reply;
}
