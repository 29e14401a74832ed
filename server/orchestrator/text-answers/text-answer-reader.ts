import { parseTextAnswer } from "#server/core/change-set/codecs/parse-text-answer.ts";
import { readableOperations, unreadableProposals } from "#server/core/change-set/codecs/text-proposal.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import { formatFailureReport } from "#server/core/change-set/format-failure-report.ts";
import type { ModelTurn, RunEventLog } from "../ports.ts";
import type { ReadTurn } from "../tool-executor.ts";
import type { Workspace } from "../workspace.ts";

/** Reads the answers of a model without tools: text blocks that describe operations. */
export class TextAnswerReader {
  readonly #workspace: Workspace;
  readonly #events: RunEventLog;

  constructor({ workspace, events }: { workspace: Workspace; events: RunEventLog }) {
    this.#workspace = workspace;
    this.#events = events;
  }

  /**
   * Applies the answer's proposals in order. Failures are returned in a repair round; unreadable parts and a cut-off
   * answer are requested again in another turn.
   */
  async read(turn: ModelTurn): Promise<ReadTurn> {
    const isCut = turn.finishReason === "length";
    const parsed = parseTextAnswer({ text: turn.text, paths: this.#workspace.listFilePaths(), isCut });
    const applied: string[] = [];
    const failures: OperationFailure[] = [];
    for (const operation of readableOperations(parsed)) {
      const named = operation.type === "move" ? operation.source : operation.path;
      this.#events.append({
        type: "file.started",
        path: named,
        operation: operation.type,
        ...(operation.type === "move" ? { destination: operation.destination } : {}),
      });
      const result = await this.#workspace.apply(operation);
      if (result.status === "applied") {
        applied.push(result.change.path);
        this.#events.append({ type: "file.done", operation: operation.type, ...result.change });
      } else if (result.status === "failed") {
        failures.push(...result.failures);
        for (const { path, code, message } of result.failures)
          this.#events.append({ type: "file.failed", path, operation: operation.type, code, message });
      }
    }
    for (const part of parsed.notDone) this.#workspace.leaveOpen({ part, source: "text" });
    const unread = unreadableProposals(parsed);
    if (unread.length === 0 && !isCut) return { state: "finished", reply: [], summary: parsed.prose };
    const parts = unread.map((proposal) => this.#workspace.refuseText(proposal).report);
    if (isCut) parts.push("It was cut off. Go on with the next operation.");
    parts.push("The operations that were complete are applied; do not send them again.");
    if (failures.length > 0) parts.push(formatFailureReport({ failures, appliedPaths: applied }));
    return {
      state: "incomplete",
      reply: [{ role: "user", parts: [`Your answer was not complete.\n\n${parts.join("\n\n")}`] }],
    };
  }
}
