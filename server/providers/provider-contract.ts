import { describe, expect, onTestFinished, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelMessage } from "#server/orchestrator/ports.ts";
import {
  createInstantClock,
  createLoopbackGateway,
  joinDeltas,
  loopbackKey,
  runLoopbackTurn,
} from "./testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "./testing/loopback-model-server.ts";
import type { LoopbackReply } from "./testing/loopback-reply.ts";

const prose = 'Grüße, 世界 👋🏽! A line.\nAnd another, with "quotes" and a back\\slash.';
const write = {
  name: "write_file",
  arguments: { path: "src/größe.ts", content: 'export const greeting = "世界 👋🏽";\n' },
};
const finish = { name: "finish", arguments: { summary: "Added a greeting." } };

/**
 * The behaviour that every vendor's models share, on any wire format. A new vendor's test file runs it.
 *
 * @param replayMark a part of the reasoning metadata that the next request must return unchanged; what the loopback
 *   server sends
 * @param isSilentAbout what this wire format has no field for
 */
export function describeProvider({
  modelId,
  replayMark,
  isSilentAbout = [],
}: {
  modelId: ModelId;
  replayMark: string;
  isSilentAbout?: readonly ("cached tokens" | "refusals")[];
}): void {
  async function start(replies: LoopbackReply[]) {
    const server = await startLoopbackModelServer({ respond: replies });
    onTestFinished(() => server.close());
    const clock = createInstantClock();
    return { server, clock, gateway: createLoopbackGateway({ url: server.url, clock }), modelId };
  }

  describe(`provider contract: ${modelId}`, () => {
    test("streams text unchanged, in pieces of any size", async () => {
      for (const pieceBytes of [undefined, 1, 7, 100_000]) {
        const { turn, deltas } = await runLoopbackTurn(
          await start([{ text: prose, chunkSize: 3, ...(pieceBytes === undefined ? {} : { pieceBytes }) }]),
        );
        expect(turn).toMatchObject({ text: prose, toolCalls: [], finishReason: "stop" });
        expect(joinDeltas({ deltas, type: "text" })).toBe(prose);
      }
    });

    test("streams a tool call with the arguments that were sent", async () => {
      const { turn, deltas } = await runLoopbackTurn(await start([{ toolCalls: [write], chunkSize: 5 }]));
      expect(turn).toMatchObject({ text: "", finishReason: "tool-calls" });
      expect(turn?.toolCalls).toEqual([{ callId: "call_1", name: "write_file", input: write.arguments }]);
      expect(deltas[0]).toEqual({ type: "tool-input-start", callId: "call_1", name: "write_file" });
      expect(JSON.parse(joinDeltas({ deltas, type: "tool-input-delta" }))).toEqual(write.arguments);
      expect(deltas.at(-1)).toEqual({ type: "tool-input-end", callId: "call_1" });
    });

    test("keeps several tool calls separate and in order, with the text before them", async () => {
      const { turn } = await runLoopbackTurn(
        await start([{ text: "I write and finish.", toolCalls: [write, finish], chunkSize: 4 }]),
      );
      expect(turn?.text).toBe("I write and finish.");
      expect(turn?.toolCalls.map(({ name, input }) => [name, input])).toEqual([
        ["write_file", write.arguments],
        ["finish", finish.arguments],
      ]);
    });

    test("counts tokens", async () => {
      const { turn } = await runLoopbackTurn(
        await start([{ text: "ok", usage: { inputTokens: 1_000, outputTokens: 20, cachedInputTokens: 400 } }]),
      );
      expect(turn?.usage).toMatchObject({
        inputTokens: 1_000,
        outputTokens: 20,
        cachedInputTokens: isSilentAbout.includes("cached tokens") ? 0 : 400,
        modelCalls: 1,
      });
    });

    test("sends the user's parts and the tools, and in the next turn its own answer with the results", async () => {
      const { server, ...call } = await start([
        { reasoning: "First the greeting.", text: "Writing.", toolCalls: [write, finish] },
        { text: "Done." },
      ]);
      const first = await runLoopbackTurn(call);
      if (first.turn === null) throw first.failure;
      const { text, toolCalls, replay } = first.turn;
      expect(JSON.parse(JSON.stringify(replay))).toEqual(replay);
      const messages: ModelMessage[] = [
        { role: "user", parts: ["Task: create", "Add a greeting."] },
        { role: "assistant", text, toolCalls, replay },
        {
          role: "tool",
          results: [{ callId: "call_1", name: "write_file", text: "The path is refused.", isError: true }],
        },
        { role: "user", parts: ["Mend it."] },
      ];
      const second = await runLoopbackTurn({ ...call, messages });
      expect(second.turn?.text).toBe("Done.");
      const [one, two] = server.requests;
      expect(one?.toolNames).toEqual(["write_file", "finish"]);
      expect(one?.messages.map(({ role, text: said }) => [role, said])).toEqual([
        ["system", "You change a code project."],
        ["user", "Task: create\n\nAdd a greeting."],
      ]);
      // The unanswered call gets a result too: providers refuse a conversation with an open call.
      expect(two?.messages.map(({ role, text: said }) => [role, said]).slice(2)).toEqual([
        ["assistant", "Writing."],
        ["tool", "The path is refused."],
        ["tool", "Done."],
        ["user", "Mend it."],
      ]);
      expect(JSON.stringify(two?.body)).toContain(replayMark);
    });

    test("a broken call is replayed with the rest of its turn, and answered once", async () => {
      const { server, ...call } = await start([
        { reasoning: "First the greeting.", toolCalls: [{ name: "finish", arguments: '{"summary": ' }] },
        { text: "Done." },
      ]);
      const first = await runLoopbackTurn(call);
      if (first.turn === null) throw first.failure;
      const messages: ModelMessage[] = [
        { role: "user", parts: ["Add a greeting."] },
        { role: "assistant", ...first.turn },
        { role: "tool", results: [{ callId: "call_1", name: "finish", text: "It was not executed.", isError: true }] },
      ];
      expect((await runLoopbackTurn({ ...call, messages })).turn?.text).toBe("Done.");
      expect(server.requests[1]?.messages.filter(({ role }) => role === "tool").map(({ text }) => text)).toEqual([
        "It was not executed.",
      ]);
      expect(JSON.stringify(server.requests[1]?.body)).toContain(replayMark);
    });

    test("a lost replay is rebuilt from the text and the calls", async () => {
      const { server, ...call } = await start([{ text: "Done." }]);
      const messages: ModelMessage[] = [
        { role: "user", parts: ["Add a greeting."] },
        {
          role: "assistant",
          text: "Writing.",
          toolCalls: [{ callId: "call_9", name: "write_file", input: write.arguments }],
          replay: { not: "one of ours" },
        },
        { role: "tool", results: [{ callId: "call_9", name: "write_file", text: "Applied.", isError: false }] },
      ];
      expect((await runLoopbackTurn({ ...call, messages })).turn?.text).toBe("Done.");
      expect(server.requests[0]?.messages.map(({ text }) => text)).toEqual([
        "You change a code project.",
        "Add a greeting.",
        "Writing.",
        "Applied.",
      ]);
    });

    test("an empty answer is a failure", async () => {
      for (const reply of [{ text: "" }, { text: " \n" }, { reasoning: "Only thoughts." }]) {
        const { server, ...call } = await start([reply]);
        expect((await runLoopbackTurn(call)).failure).toMatchObject({ code: "MODEL_OUTPUT_INVALID" });
        expect(server.requests).toHaveLength(1);
      }
    });

    test("a server's error is tried three times, with growing pauses", async () => {
      const { server, clock, ...call } = await start([
        { status: 503, body: { error: { message: "Service unavailable", type: "server_error" } } },
      ]);
      const { failure, deltas } = await runLoopbackTurn(call);
      expect(failure).toMatchObject({ code: "MODEL_UNAVAILABLE", details: { retryable: true } });
      expect(server.requests).toHaveLength(3);
      expect(clock.pausesMs).toEqual([500, 1_000]);
      expect(deltas.map(({ type }) => type)).toEqual(["retrying", "retrying"]);
    });

    test("a cut stream is discarded, and only the next try counts", async () => {
      const whole: LoopbackReply = { text: prose, chunkSize: 3 };
      const { turn, deltas } = await runLoopbackTurn(
        await start([{ ...whole, fault: { type: "cut", afterBytes: 700 } }, whole]),
      );
      expect(turn?.text).toBe(prose);
      expect(turn?.usage.modelCalls).toBe(1);
      const retryIndex = deltas.findIndex(({ type }) => type === "retrying");
      expect(joinDeltas({ deltas: deltas.slice(retryIndex), type: "text" })).toBe(prose);
      expect(
        (await runLoopbackTurn(await start([{ ...whole, fault: { type: "cut", afterBytes: 700 } }]))).failure?.code,
      ).toBe("MODEL_UNAVAILABLE");
    });

    test("an answer at the output limit says so, and one without content fails", async () => {
      const { turn } = await runLoopbackTurn(await start([{ text: "half an ans", finish: "length" }]));
      expect(turn).toMatchObject({ text: "half an ans", finishReason: "length" });
      const cutCall = await runLoopbackTurn(
        await start([
          { toolCalls: [write, { name: "write_file", arguments: '{"path":"b.ts","content":"exp' }], finish: "length" },
        ]),
      );
      expect(cutCall.turn).toMatchObject({
        finishReason: "length",
        toolCalls: [{ input: write.arguments }, { invalidReason: expect.any(String) as string }],
      });
      expect(
        (await runLoopbackTurn(await start([{ reasoning: "Too long a thought", finish: "length" }]))).failure?.code,
      ).toBe("OUTPUT_TRUNCATED");
    });

    test.skipIf(isSilentAbout.includes("refusals"))("reports a refusal as a refusal", async () => {
      const { failure } = await runLoopbackTurn(await start([{ text: "I cannot help with that.", finish: "refusal" }]));
      expect(failure?.code).toBe("MODEL_REFUSED");
    });

    test("a call with broken arguments is never reported as valid, and a call of an unknown tool is passed on unchanged", async () => {
      const { turn } = await runLoopbackTurn(
        await start([
          {
            toolCalls: [
              { name: "write_file", arguments: '{"path": "a.ts", content: }' },
              { name: "create_file", arguments: { path: "a.ts" } },
              { name: "finish", arguments: "[1" },
              finish,
            ],
          },
        ]),
      );
      expect(turn?.toolCalls).toMatchObject([
        { name: "write_file", rawInput: '{"path": "a.ts", content: }', invalidReason: expect.any(String) as string },
        { name: "create_file", input: { path: "a.ts" } },
        { name: "finish", rawInput: "[1", invalidReason: expect.any(String) as string },
        { name: "finish", input: finish.arguments },
      ]);
      expect(turn?.toolCalls.map(({ invalidReason }) => invalidReason !== undefined)).toEqual([
        true,
        false,
        true,
        false,
      ]);
      expect(turn?.finishReason).toBe("tool-calls");
    });

    test("a cut call that the server reports as complete counts as cut", async () => {
      const { turn } = await runLoopbackTurn(
        await start([
          {
            toolCalls: [finish, { name: "write_file", arguments: '{"path":"a.ts","content":"export con' }],
            finish: "tool-calls",
          },
        ]),
      );
      expect(turn?.finishReason).toBe("length");
      expect(turn?.toolCalls[1]?.invalidReason).toBeDefined();
      expect(turn?.toolCalls[1]?.input).toBeUndefined();
    });

    test("waits for a rate limit as long as the provider asks", async () => {
      const { clock, ...call } = await start([
        {
          status: 429,
          headers: { "retry-after": "7" },
          body: { type: "error", error: { type: "rate_limit_error", message: "Slow down" } },
        },
        { text: "Here." },
      ]);
      const { turn, deltas } = await runLoopbackTurn(call);
      expect(turn?.text).toBe("Here.");
      expect(clock.pausesMs).toEqual([7_250]);
      // The screen counts down beside the message, so it gives no other time.
      const message = expect.not.stringContaining("Try again");
      expect(deltas[0]).toMatchObject({ type: "retrying", code: "RATE_LIMITED", message, afterMs: 7_250 });
    });

    test("leaves a rate limit of more than a minute to a later run", async () => {
      const { server, ...call } = await start([
        { status: 429, headers: { "retry-after": "3600" }, body: { error: { message: "Slow down" } } },
      ]);
      expect((await runLoopbackTurn(call)).failure).toMatchObject({
        code: "RATE_LIMITED",
        details: { retryable: true, retryAfterMs: 3_600_000 },
      });
      expect(server.requests).toHaveLength(1);
    });

    test("reports a refused key once, without showing the key", async () => {
      const { server, ...call } = await start([
        {
          status: 401,
          body: {
            type: "error",
            error: { type: "authentication_error", message: `Incorrect API key provided: ${loopbackKey}` },
          },
        },
      ]);
      const { failure } = await runLoopbackTurn(call);
      expect(failure).toMatchObject({ code: "PROVIDER_AUTH", details: { retryable: false } });
      expect(server.requests).toHaveLength(1);
      expect(JSON.stringify(Object.values(server.requests[0]?.headers ?? {}))).toContain(loopbackKey);
      expect(`${failure?.message} ${JSON.stringify(failure?.details)} ${String(failure?.cause)}`).not.toContain(
        loopbackKey,
      );
    });

    test("an abort reaches the provider within half a second, before and while it answers", async () => {
      for (const reply of [
        { fault: { type: "hang", at: "headers" } },
        { text: prose, fault: { type: "hang", at: "middle" } },
        { text: prose, chunkSize: 1, chunkDelayMs: 20 },
      ] as LoopbackReply[]) {
        const { server, ...call } = await start([reply]);
        const stop = new AbortController();
        const running = runLoopbackTurn({ ...call, signal: stop.signal });
        void (async () => {
          while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
          setTimeout(() => stop.abort(new Error("cancelled by the person")), 60);
        })();
        await expect(running).rejects.toThrow("cancelled by the person");
        const abortedAtMs = performance.now();
        while (server.requests[0]?.isAborted !== true && performance.now() - abortedAtMs < 500)
          await new Promise((resolve) => setTimeout(resolve, 5));
        expect(server.requests).toHaveLength(1);
        expect(server.requests[0]?.isAborted).toBe(true);
      }
    });

    test("a run that was cancelled before makes no call", async () => {
      const { server, ...call } = await start([{ text: "never" }]);
      await expect(runLoopbackTurn({ ...call, signal: AbortSignal.abort(new Error("gone")) })).rejects.toThrow("gone");
      expect(server.requests).toHaveLength(0);
    });
  });
}
