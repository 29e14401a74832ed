import type { ModelDelta, RunEventLog } from "./ports.ts";
import { StreamedStrings } from "./text-answers/streamed-strings.ts";
import { findTool } from "./tools/registry.ts";
import type { ChangingTool } from "./tools/tool.ts";

type ReportedCall = {
  tool: ChangingTool;
  strings: StreamedStrings;
  path: string;
  destination: string;
  /** The complete paths, of the one or two that the call has. */
  wholePaths: Set<"path" | "destination">;
  isStarted: boolean;
  /** The last old text is not yet followed by a new one. */
  isAtOldText: boolean;
};

/**
 * Converts a model's stream into events, so that users can watch a file while it is written. All of it is provisional.
 */
export class TurnReporter {
  readonly #events: RunEventLog;
  readonly #calls = new Map<string, ReportedCall>();

  constructor(events: RunEventLog) {
    this.#events = events;
  }

  report(delta: ModelDelta): void {
    switch (delta.type) {
      case "text":
        this.#events.append({ type: "model.text", delta: delta.delta });
        break;
      case "retrying":
        this.#calls.clear();
        this.#events.append(delta);
        break;
      case "tool-input-start": {
        const tool = findTool(delta.name);
        if (tool !== null && tool.changes !== null)
          this.#calls.set(delta.callId, {
            tool,
            strings: new StreamedStrings(),
            path: "",
            destination: "",
            wholePaths: new Set(),
            isStarted: false,
            isAtOldText: false,
          });
        break;
      }
      case "tool-input-delta":
        this.#reportInput(delta);
        break;
      case "reasoning":
      case "tool-input-end":
        break;
    }
  }

  #reportInput({ callId, delta }: { callId: string; delta: string }): void {
    const call = this.#calls.get(callId);
    if (call === undefined) return;
    for (const { key: name, delta: text, isComplete } of call.strings.push(delta)) {
      const key = call.tool.argumentAliases[name] ?? name;
      if (key === "path" || key === "source") {
        call.path += text;
        if (isComplete) this.#startOnceNamed({ call, named: "path" });
      } else if (key === "destination") {
        call.destination += text;
        if (isComplete) this.#startOnceNamed({ call, named: "destination" });
      } else if (key === "content" || key === "newText") {
        // The new text of a deletion is empty. It must be reported, or the next edit would continue this one.
        if (call.isStarted && (text !== "" || (isComplete && call.isAtOldText)))
          this.#events.append({ type: "file.delta", path: call.path, delta: text });
        call.isAtOldText = false;
      } else if (key === "oldText" && call.isStarted && text !== "") {
        call.isAtOldText = true;
        this.#events.append({ type: "file.delta", path: call.path, delta: text, isOld: true });
      }
    }
  }

  #startOnceNamed({ call, named }: { call: ReportedCall; named: "path" | "destination" }): void {
    const { tool, path, destination, wholePaths } = call;
    wholePaths.add(named);
    const isMove = tool.changes === "move";
    if (call.isStarted || !wholePaths.has("path") || (isMove && !wholePaths.has("destination"))) return;
    call.isStarted = true;
    this.#events.append({
      type: "file.started",
      path,
      operation: tool.changes,
      ...(isMove ? { destination } : {}),
    });
  }
}
