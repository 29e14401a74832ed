import type { ModelDelta, RunEventLog } from "./ports.ts";
import { StreamedStrings } from "./text-answers/streamed-strings.ts";
import { findTool } from "./tools/registry.ts";
import type { ChangingTool } from "./tools/tool.ts";

/**
 * Converts a model's stream into events, so that users can watch a file while it is written. All of it is provisional.
 */
export class TurnReporter {
  readonly #events: RunEventLog;
  readonly #calls = new Map<
    string,
    { tool: ChangingTool; strings: StreamedStrings; path: string; isStarted: boolean }
  >();

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
          this.#calls.set(delta.callId, { tool, strings: new StreamedStrings(), path: "", isStarted: false });
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
        if (isComplete && !call.isStarted) {
          call.isStarted = true;
          this.#events.append({ type: "file.started", path: call.path, operation: call.tool.changes });
        }
      } else if ((key === "content" || key === "newText") && call.isStarted && text !== "") {
        this.#events.append({ type: "file.delta", path: call.path, delta: text });
      } else if (key === "oldText" && call.isStarted && text !== "") {
        this.#events.append({ type: "file.delta", path: call.path, delta: text, isOld: true });
      }
    }
  }
}
