import { parseTextAnswer } from "#server/core/change-set/codecs/parse-text-answer.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import { formatFailureReport } from "#server/core/change-set/format-failure-report.ts";
import type { ModelTurn, RunEventLog } from "./ports.ts";
import type { ReadTurn } from "./tool-executor.ts";
import type { Workspace } from "./workspace.ts";

/** Reads the answers of a model without tools: blocks of text that describe operations. */
export class TextAnswerReader {
  readonly #workspace: Workspace;
  readonly #events: RunEventLog;

  constructor({ workspace, events }: { workspace: Workspace; events: RunEventLog }) {
    this.#workspace = workspace;
    this.#events = events;
  }

  /**
   * A text answer is always complete by itself: what failed in it goes back in a repair round, and one that was cut off
   * goes on in another turn.
   */
  async read(turn: ModelTurn): Promise<ReadTurn> {
    const parsed = parseTextAnswer(turn.text);
    if (parsed.status === "empty") return { state: "finished", reply: [], summary: parsed.prose };
    if (parsed.status === "unreadable") return askAgain(parsed.reason);
    const applied: string[] = [];
    const failures: OperationFailure[] = [];
    for (const operation of parsed.changeSet.operations) {
      const named = operation.type === "move" ? operation.source : operation.path;
      this.#events.append({ type: "file.started", path: named, operation: operation.type });
      const result = await this.#workspace.apply(operation);
      if (result.status === "applied") {
        applied.push(result.change.path);
        this.#events.append({ type: "file.done", operation: operation.type, ...result.change });
      } else {
        failures.push(...result.failures);
        for (const { path, code, message } of result.failures)
          this.#events.append({ type: "file.failed", path, operation: operation.type, code, message });
      }
    }
    if (parsed.status === "parsed" && turn.finishReason !== "length")
      return { state: "finished", reply: [], summary: parsed.summary };
    const reason = parsed.status === "truncated" ? parsed.reason : "It was cut off.";
    const report = failures.length === 0 ? "" : `\n\n${formatFailureReport({ failures, appliedPaths: applied })}`;
    return askAgain(
      `${reason} The operations that were complete are applied; do not send them again. Go on with the next one.${report}`,
    );
  }
}

function askAgain(reason: string): ReadTurn {
  return { state: "incomplete", reply: [{ role: "user", parts: [`Your answer was not complete. ${reason}`] }] };
}
