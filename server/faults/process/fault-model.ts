import {
  startLoopbackModelServer,
  type LoopbackModelServer,
  type LoopbackReply,
} from "#server/providers/testing/loopback-model-server.ts";
import type { LoopbackRequest } from "#server/providers/testing/loopback-request.ts";

/** A secret that is recognisable wherever it appears. */
export const faultKey = "sk-fault-5d1c09e7a34b4f6e8f20";

/** A token in the prompt names the run, so that its calls can be distinguished. */
type ModelCall = { token: string; turn: number; kind: "change" | "ask" | "plan" };

export type FaultModel = {
  url: string;
  /** In the order in which they came. */
  calls: ModelCall[];
  /** Delays a call's reply until the promise resolves. */
  beforeReply: (call: ModelCall) => Promise<void> | void;
  close(): Promise<void>;
};

export function promptFor(token: string): string {
  return `Add a file for ${token}. token=${token}`;
}

/** The model refuses tokens with this prefix, and quotes the key in its message, as some providers do. */
export const refusedPrefix = "refused";

/**
 * A model that answers a run in two turns: it reads a file, then writes one and finishes, or answers a question. A plan
 * takes one. A repeated call gets the same
 * answer, so the result of a run does not depend on what was killed.
 */
export async function startFaultModel(): Promise<FaultModel> {
  const calls: ModelCall[] = [];
  const model: FaultModel = { url: "", calls, beforeReply: () => undefined, close: async () => undefined };
  const server: LoopbackModelServer = await startLoopbackModelServer({
    async respond(request) {
      const call = readCall(request);
      calls.push(call);
      await model.beforeReply(call);
      return reply(call);
    },
  });
  return Object.assign(model, { url: server.url, close: () => server.close() });
}

/**
 * Calls that were repeated although the next call had already been made, which proves that their answer had been used.
 */
export function countPaidTwice({ calls, token }: { calls: readonly ModelCall[]; token: string }): number {
  const turns = calls.filter((call) => call.token === token).map(({ turn }) => turn);
  return turns.filter((turn, index) => turns.slice(0, index).some((earlier) => earlier > turn)).length;
}

function readCall({ messages, toolNames }: LoopbackRequest): ModelCall {
  const token = /token=([\w-]+)/.exec(messages.map(({ text }) => text).join("\n"))?.[1];
  if (token === undefined) throw new Error("A request without a token.");
  const kind = toolNames.includes("write_file") ? "change" : toolNames.length > 0 ? "ask" : "plan";
  return { token, kind, turn: messages.filter(({ role }) => role === "assistant").length };
}

function reply({ token, turn, kind }: ModelCall): LoopbackReply {
  if (token.startsWith(refusedPrefix))
    return {
      status: 400,
      body: {
        error: { message: `This request is not served for the key ${faultKey}.`, type: "invalid_request_error" },
      },
    };
  if (kind === "plan") return { text: `1. src/${token}.ts: new` };
  if (turn === 0) return { toolCalls: [{ name: "read_file", arguments: { path: "src/part-00.ts" } }] };
  if (kind === "ask") return { text: `The answer to ${token}.` };
  return {
    toolCalls: [
      { name: "write_file", arguments: { path: `src/${token}.ts`, content: `export const name = "${token}";\n` } },
      { name: "finish", arguments: { summary: `Added ${token}.` } },
    ],
  };
}
