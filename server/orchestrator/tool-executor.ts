import { describeSkipped } from "#server/core/edits/skipped-edit.ts";
import type { UnreadableProposal } from "#server/core/change-set/codecs/text-proposal.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import type { ModelMessage, ModelToolCall, ModelToolResult, ModelTurn, RunEventLog } from "./ports.ts";
import { findUndoneClaims } from "./text-answers/find-undone-claims.ts";
import { readTextProposals } from "./text-answers/read-text-proposals.ts";
import { readCall, type UnreadCall } from "./tools/read-call.ts";
import { answer, refuse, type ChangingTool, type ToolAnswer } from "./tools/tool.ts";
import type { Workspace } from "./workspace.ts";

/** The result of a turn: the model is done, continues, or must be asked again because its answer was incomplete. */
export type ReadTurn =
  | { state: "finished"; reply: ModelMessage[]; summary: string }
  | { state: "working"; reply: ModelMessage[] }
  | { state: "incomplete"; reply: ModelMessage[] };

function reportUndone(claims: readonly UnreadableProposal[]): string {
  const paths = [...new Set(claims.map(({ path }) => path))].join(", ");
  return `You say that ${paths} was deleted or moved, and no call did it: it is where it was. Call delete_file or move_file for it, then finish.`;
}

const afterCut =
  "Your answer was cut off. The operations that were complete are applied; do not send them again. Go on with the next one.";

/**
 * Executes the tool calls of a turn against the workspace, in order. A change that is unreadable or written as text is
 * never executed: it is reported to the model and stays open in the ledger of proposals.
 */
export class ToolExecutor {
  readonly #workspace: Workspace;
  readonly #events: RunEventLog;
  #finishSummary: string | null = null;
  #lastRefusals = "";

  constructor({ workspace, events }: { workspace: Workspace; events: RunEventLog }) {
    this.#workspace = workspace;
    this.#events = events;
  }

  async read(turn: ModelTurn): Promise<ReadTurn> {
    this.#finishSummary = null;
    const results: ModelToolResult[] = [];
    for (const call of turn.toolCalls)
      results.push({ callId: call.callId, name: call.name, ...(await this.#execute(call)) });
    const textReport = await readTextProposals({ text: turn.text, workspace: this.#workspace });
    const reply: ModelMessage[] = [
      ...(results.length === 0 ? [] : [{ role: "tool" as const, results }]),
      ...(textReport === null ? [] : [{ role: "user" as const, parts: [textReport] }]),
    ];
    if (turn.finishReason === "length")
      return { state: "incomplete", reply: [...reply, { role: "user", parts: [afterCut] }] };
    const refusals = results.flatMap(({ isError, text }) => (isError ? [text] : []));
    if (textReport !== null) refusals.push(textReport);
    const said = this.#finishSummary ?? (results.length === 0 ? turn.text : "");
    const undone = findUndoneClaims({ text: said, workspace: this.#workspace });
    if (undone.length > 0) {
      const report = reportUndone(undone);
      refusals.push(report);
      reply.push({ role: "user", parts: [report] });
    }
    const refused = refusals.join("\n\n");
    // The same refusals twice mean that the model does not understand the problem: everything is returned in a repair
    // round.
    const isStuck = refused !== "" && refused === this.#lastRefusals;
    this.#lastRefusals = refused;
    if (!isStuck) for (const claim of undone) this.#workspace.refuseText(claim);
    const isDone = refused === "" && (results.length === 0 || this.#finishSummary !== null);
    return isDone || isStuck
      ? { state: "finished", reply, summary: this.#finishSummary ?? turn.text }
      : { state: "working", reply };
  }

  async #execute(call: ModelToolCall): Promise<ToolAnswer> {
    const read = readCall(call);
    if (read.status === "unread") return this.#refuseUnread({ call, read });
    const { tool, input } = read;
    if (tool.changes !== null) return this.#change({ tool, input });
    return tool.execute({
      input,
      context: {
        workspace: this.#workspace,
        events: this.#events,
        finish: ({ summary, notDone }) => {
          for (const part of notDone) this.#workspace.leaveOpen({ part, source: "call" });
          this.#finishSummary = summary;
        },
      },
    });
  }

  async #change({ tool, input }: { tool: ChangingTool; input: unknown }): Promise<ToolAnswer> {
    const result = await this.#workspace.apply(tool.toOperation(input), { source: "call", name: tool.name });
    switch (result.status) {
      case "applied": {
        const { path, additions, deletions } = result.change;
        this.#events.append({ type: "file.done", path, operation: tool.changes, additions, deletions });
        return answer(
          [`Applied: ${path} +${additions} -${deletions}`, describeSkipped(result.skipped)].join("\n").trim(),
        );
      }
      case "unchanged":
        return answer(`Nothing to change: ${result.reason}`);
      case "failed":
        for (const { path, code, message } of result.failures)
          this.#reportFailure({ path, operation: tool.changes, code, message });
        return refuse(result.failures.map(({ code, report }) => `${code}: ${report}`).join("\n\n"));
    }
  }

  #refuseUnread({ call, read }: { call: ModelToolCall; read: UnreadCall }): ToolAnswer {
    const { change, message, report } = read;
    if (change !== null) {
      const { type, path, content } = change;
      const failure = this.#workspace.refuseUnread({
        source: "call",
        name: call.name,
        type,
        path,
        content,
        sent: call.rawInput ?? JSON.stringify(call.input),
        message: `${call.name}${path === null ? "" : ` ${path}`}: ${message}`,
        report,
      });
      if (path !== null) this.#reportFailure({ ...failure, path, operation: type ?? "write" });
    }
    return refuse(report);
  }

  #reportFailure({
    path,
    operation,
    code,
    message,
  }: {
    path: string;
    operation: FileOperation;
    code: string;
    message: string;
  }): void {
    this.#events.append({ type: "file.failed", path, operation, code, message });
  }
}
