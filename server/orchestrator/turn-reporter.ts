import type { FileOperation } from "#lib/contracts/run-event.ts";
import type { ModelDelta, RunEventLog } from "./ports.ts";
import { StreamedStrings } from "./streamed-strings.ts";

const operationByTool: Readonly<Record<string, FileOperation>> = {
  write_file: "write",
  edit_file: "edit",
  delete_file: "delete",
  move_file: "move",
};

/** Turns what streams out of a model into events: a file can be watched while it is written. All of it is provisional. */
export class TurnReporter {
  readonly #events: RunEventLog;
  readonly #calls = new Map<
    string,
    { operation: FileOperation; strings: StreamedStrings; path: string; isStarted: boolean }
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
        const operation = operationByTool[delta.name];
        if (operation !== undefined)
          this.#calls.set(delta.callId, { operation, strings: new StreamedStrings(), path: "", isStarted: false });
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
    for (const { key, delta: text, isComplete } of call.strings.push(delta)) {
      if (key === "path" || key === "source") {
        call.path += text;
        if (isComplete && !call.isStarted) {
          call.isStarted = true;
          this.#events.append({ type: "file.started", path: call.path, operation: call.operation });
        }
      } else if ((key === "content" || key === "newText") && call.isStarted && text !== "") {
        this.#events.append({ type: "file.delta", path: call.path, delta: text });
      }
    }
  }
}
